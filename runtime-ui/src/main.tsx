import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { followRelease } from './api/release.ts'
import { startTexts } from './i18n/setup.ts'
import { Appearance } from './shell/Appearance.tsx'
import { router } from './shell/router.ts'
import './shell/shell.css'

await startTexts()
followRelease(queryClient)

const root = document.getElementById('app')
if (root === null) throw new Error('The page has no #app.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Appearance>
        <RouterProvider router={router} />
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
)
