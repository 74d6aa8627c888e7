import type { FeelKind } from '@heddle/metadata'
import { describe, expect, it } from 'vitest'
import { allOf, type Condition, type Filter, filterText, filterToFeel, noFilter, parseFilter } from './conditions.ts'

const kinds: { readonly [field: string]: FeelKind } = {
  title: 'text',
  kind: 'option',
  tags: 'texts',
  pages: 'number',
  written_on: 'date',
  seen_at: 'datetime',
  is_open: 'boolean',
  place: 'address',
  lines: 'records',
  'writer.born_on': 'date',
}

function feel(...conditions: Condition[]): string {
  return filterToFeel({ match: 'all', conditions }, (field) => kinds[field])
}

describe('a condition in FEEL', () => {
  it.each<[Condition, string]>([
    [{ field: 'title', op: 'contains', value: 'A "B"' }, 'contains(lower case(title), "a \\"b\\"")'],
    [{ field: 'tags', op: 'contains', value: 'New' }, 'list contains(tags, "New")'],
    [{ field: 'pages', op: '>=', value: 10 }, 'pages >= 10'],
    [{ field: 'pages', op: 'between', value: [1, 5] }, 'pages >= 1 and pages <= 5'],
    [{ field: 'kind', op: 'in', value: ['a', 'b'] }, '(kind in ["a", "b"])'],
    [{ field: 'kind', op: 'not in', value: ['a'] }, 'not((kind in ["a"]))'],
    [{ field: 'written_on', op: '<', value: '2026-01-31' }, 'written_on < date("2026-01-31")'],
    [{ field: 'seen_at', op: '>', value: '2026-01-31T08:00:00Z' }, 'seen_at > date and time("2026-01-31T08:00:00Z")'],
    [{ field: 'is_open', op: '=', value: false }, 'is_open = false'],
    [{ field: 'title', op: 'empty', value: null }, 'title = null'],
    [{ field: 'place', op: 'under', value: 'north' }, 'under(place, "north")'],
    [{ field: 'lines', op: 'empty', value: null }, 'count(lines) = 0'],
    [{ field: 'lines', op: 'not empty', value: null }, 'count(lines) > 0'],
    [{ field: 'writer.born_on', op: '>=', value: '1900-01-01' }, 'writer.born_on >= date("1900-01-01")'],
  ])('%j', (condition, text) => {
    expect(feel(condition)).toBe(text)
  })

  it('is left out while its value is missing or its field is gone', () => {
    expect(feel({ field: 'pages', op: '=', value: null }, { field: 'gone', op: '=', value: 'x' })).toBe('')
    expect(feel({ field: 'pages', op: 'between', value: [1, null] })).toBe('')
    expect(feel({ field: 'gone', op: 'empty', value: null })).toBe('')
  })
})

it('conditions are joined by what must match', () => {
  const conditions: Condition[] = [
    { field: 'pages', op: '=', value: 1 },
    { field: 'is_open', op: '=', value: true },
  ]
  expect(filterToFeel({ match: 'any', conditions }, (field) => kinds[field])).toBe('pages = 1 or is_open = true')
})

it('conditions of the view and of the person hold together', () => {
  expect(allOf(['a = 1 or b = 2', undefined, 'c = 3'])).toBe('(a = 1 or b = 2) and (c = 3)')
  expect(allOf(['a = 1', ''])).toBe('a = 1')
  expect(allOf([undefined])).toBeUndefined()
})

describe('a filter in an address', () => {
  it('comes back as it was', () => {
    const filter: Filter = { match: 'any', conditions: [{ field: 'writer.kind', op: 'in', value: ['a', 'b'] }] }
    expect(parseFilter(filterText(filter))).toEqual(filter)
    expect(filterText(noFilter)).toBeUndefined()
  })

  it.each(['', '{', '[]', '{"all":[["a or 1=1","=",1],["kind","like","x"],3]}'])(
    'that is broken (%s) filters nothing',
    (text) => {
      expect(parseFilter(text)).toEqual(noFilter)
    },
  )
})
