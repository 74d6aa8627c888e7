import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { releaseOf } from '../testing/notebooks.ts'
import { ConditionText } from './ConditionText.tsx'
import type { Condition } from './conditions.ts'
import { filterColumns } from './filter-columns.ts'

const release = releaseOf({
  'entity/note': {
    title: 'Note',
    type: 'object',
    properties: { pages: { title: 'Pages', 'x-field': { type: 'integer' } } },
  },
})
const entity = release.entity('note')
const list = { release, filterable: entity === undefined ? [] : filterColumns({ release, entity }, (name) => name) }

function markup(condition: Condition): string {
  return renderToStaticMarkup(createElement(ConditionText, { condition, list }))
}

it.each<Condition>([
  { field: 'secret', op: '=', value: 'x' },
  { field: 'secret', op: 'empty', value: null },
  { field: 'pages', op: '=', value: 'many' },
])('the condition %j cannot be applied, and says so', (condition) => {
  expect(markup(condition)).toContain('filter.notApplied')
})

it('a condition that is applied reads as a sentence', () => {
  expect(markup({ field: 'pages', op: '=', value: 7 })).toBe('Pages operator.= <span>7</span>')
})
