import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { entityOf } from '../testing/notebooks.ts'
import { RecordSelect } from './RecordSelect.tsx'
import { choicesQuery } from './widgets/record-choices.ts'

it('records that a form found are understood by a condition, as both ask the same', () => {
  const client = new QueryClient()
  const entity = entityOf('notebook')
  client.setQueryData(choicesQuery(entity, '').queryKey, [{ id: '1', label: 'Field notes', more: '' }])
  const select = createElement(RecordSelect, { entity, value: ['1'], onChange: () => {}, mode: 'single', label: 'Of' })
  const markup = renderToStaticMarkup(createElement(QueryClientProvider, { client }, select))
  expect(markup).toContain('Field notes')
})
