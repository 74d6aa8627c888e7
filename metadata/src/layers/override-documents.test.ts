import fc from 'fast-check'
import { expect, test } from 'vitest'
import overridesSchema from '../../schemas/overrides.json' with { type: 'json' }
import type { JsonObject } from '../json.ts'
import { compileValidator } from '../validation/validator.ts'
import { diffDocuments } from './changes.ts'
import { pairsOfDocuments } from './fixtures/documents.ts'
import type { Override } from './fold.ts'
import { documentToOverrides, overridesToDocument } from './override-documents.ts'

const address = 'entity/article'
const validate = compileValidator(overridesSchema)

test('overrides are the same again after they were written and read', () => {
  fc.assert(
    fc.property(pairsOfDocuments, ([a, b]) => {
      const overrides = diffDocuments(a, b).map((change): Override => ({ ...change, address }))
      const document = JSON.parse(JSON.stringify(overridesToDocument(overrides)))
      expect(validate(document)).toEqual([])
      expect(documentToOverrides(address, document)).toEqual(overrides)
    }),
    { numRuns: 500 },
  )
})

test('a document says what replaces what, and where it stands', () => {
  const overrides: Override[] = [
    { address, op: 'set', path: '/title', value: 'Paper', base: 'Article' },
    { address, op: 'set', path: '/properties/x_size', value: { title: 'Size' }, after: 'name' },
    { address, op: 'move', path: '/properties/note', after: null },
    { address, op: 'remove', path: '/required/kind', base: true },
  ]
  expect(overridesToDocument(overrides)).toEqual({
    '/title': { base: 'Article', value: 'Paper' },
    '/properties/x_size': { value: { title: 'Size' }, after: 'name' },
    '/properties/note': { after: null },
    '/required/kind': { base: true, removed: true },
  })
})

test('a move and a replacement at one path are one entry', () => {
  const move: Override = { address, op: 'move', path: '/a', after: 'b' }
  const set: Override = { address, op: 'set', path: '/a', value: 2, base: 1 }
  const document = overridesToDocument([move, set])
  expect(document).toEqual({ '/a': { base: 1, value: 2, after: 'b' } })
  expect(documentToOverrides(address, document)).toEqual([{ ...set, after: 'b' }])
})

test.each<[JsonObject, string]>([
  [{ title: { value: 1 } }, 'a path without its slash'],
  [{ '/a': {} }, 'an entry that does nothing'],
  [{ '/a': { value: 1, removed: true } }, 'a value and its removal'],
  [{ '/a': { value: 1, befor: 'b' } }, 'a misspelt word'],
  [{ '/a': { value: 1, after: 2 } }, 'an anchor that is no key'],
])('%j is refused: %s', (document) => {
  expect(validate(document)).not.toEqual([])
})
