import { Appearance, followRelease, queryClient, startTexts } from '@heddle/runtime-ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { addDesignerTexts } from './texts.ts'
import './designer.css'

await startTexts()
addDesignerTexts()
followRelease(queryClient)

const root = document.getElementById('app')
if (root === null) throw new Error('The page has no #app.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Appearance>
        <App />
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
)
