import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatJson } from './format-json.ts'
import { documents } from './layers/fixtures/documents.ts'

test('a document reads back as it was, order of keys included', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(JSON.stringify(JSON.parse(formatJson(document)))).toBe(JSON.stringify(document))
    }),
  )
})

test('the document itself is in lines, what fits inside on one', () => {
  expect(formatJson({ title: '文章', options: { a: { title: 'A' }, b: [] }, list: ['x', 'y'], none: {} })).toBe(
    `{
  "title": "文章",
  "options": { "a": { "title": "A" }, "b": [] },
  "list": ["x", "y"],
  "none": {}
}
`,
  )
  expect(formatJson({})).toBe('{}\n')
})

test.each([
  ['a', 106, 1],
  ['a', 107, 3],
  ['文', 53, 1],
  ['文', 54, 3],
])('a list with a text of “%s” × %i stands on %i lines of 120 columns', (character, times, lines) => {
  const inner = formatJson({ list: [character.repeat(times)] }).trimEnd()
  expect(inner.split('\n').length - 2).toBe(lines)
})

test('numbers fill their lines', () => {
  const lines = formatJson({ list: Array.from({ length: 100 }, () => 12345) }).split('\n')
  expect(lines[2]).toBe(`    ${Array.from({ length: 16 }, () => '12345,').join(' ')}`)
  expect(lines).toHaveLength(2 + 2 + 7 + 1)
})
