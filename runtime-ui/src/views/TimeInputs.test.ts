import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { FormatContext } from '../fields/format-context.ts'
import { releaseOf } from '../testing/notebooks.ts'
import { columnOf } from './columns.tsx'
import { MomentInput } from './TimeInputs.tsx'

const release = releaseOf({ 'entity/visit': { title: 'Visit', type: 'object', properties: {} } })
const entity = release.entity('visit')
const column = entity && columnOf({ release, entity }, 'created_at', (name) => name)

it('a moment of a condition is entered on the company’s clock, not on the browser’s', () => {
  const value = '2026-11-23T10:30:00Z'
  const input = column && createElement(MomentInput, { column, value, onChange: () => {}, release, isMany: false })
  const format = { locale: 'en', timeZone: 'Pacific/Kiritimati', currency: 'CNY' } as const
  const markup = renderToStaticMarkup(createElement(FormatContext, { value: format }, input))
  expect(markup).toContain('2026-11-24 00:30')
})
