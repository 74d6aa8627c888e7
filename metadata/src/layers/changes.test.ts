import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { applyChanges, type Change, diffDocuments } from './changes.ts'
import { documents, pairsOfDocuments } from './fixtures/documents.ts'

const applied = (document: JsonObject, ...changes: Change[]) => applyChanges(document, changes)
const keysAfter = (document: JsonObject, ...changes: Change[]) => Object.keys(applied(document, ...changes).document)

test('the difference of two documents turns one into the other, byte for byte', () => {
  fc.assert(
    fc.property(pairsOfDocuments, ([a, b]) => {
      const { document, misfits } = applyChanges(a, diffDocuments(a, b))
      expect(JSON.stringify(document)).toBe(JSON.stringify(b))
      expect(misfits).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('a document does not differ from itself, and a difference names every path once', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(diffDocuments(document, document)).toEqual([])
    }),
  )
  fc.assert(
    fc.property(pairsOfDocuments, ([a, b]) => {
      const paths = diffDocuments(a, b).map((change) => change.path)
      expect(new Set(paths).size).toBe(paths.length)
    }),
    { numRuns: 1000 },
  )
})

test('changes do not touch the document that they are applied to', () => {
  fc.assert(
    fc.property(pairsOfDocuments, ([a, b]) => {
      const before = JSON.stringify(a)
      applyChanges(a, diffDocuments(a, b))
      expect(JSON.stringify(a)).toBe(before)
    }),
  )
})

test.each<[string, JsonObject, JsonObject, Change[]]>([
  ['a changed text', { a: 'x' }, { a: 'y' }, [{ op: 'set', path: '/a', value: 'y', base: 'x' }]],
  ['a text at depth', { a: { b: 1 } }, { a: { b: 2 } }, [{ op: 'set', path: '/a/b', value: 2, base: 1 }]],
  ['a key at the end', { a: 1 }, { a: 1, b: 2 }, [{ op: 'set', path: '/b', value: 2 }]],
  ['a key in between', { a: 1, c: 3 }, { a: 1, b: 2, c: 3 }, [{ op: 'set', path: '/b', value: 2, after: 'a' }]],
  ['a key that goes', { a: 1, b: 2 }, { a: 1 }, [{ op: 'remove', path: '/b', base: 2 }]],
  ['a key that moves', { a: 1, b: 2, c: 3 }, { c: 3, a: 1, b: 2 }, [{ op: 'move', path: '/c', after: null }]],
  [
    'a value that moves and changes is one change',
    { a: 1, b: 2, c: 3 },
    { c: 4, a: 1, b: 2 },
    [{ op: 'set', path: '/c', value: 4, base: 3, after: null }],
  ],
  ['a list is one value', { a: [1, 2] }, { a: [2, 1] }, [{ op: 'set', path: '/a', value: [2, 1], base: [1, 2] }]],
  ['a key with a slash', { 'a/b': 1 }, {}, [{ op: 'remove', path: '/a~1b', base: 1 }]],
])('%s', (_title, before, after, changes) => {
  expect(diffDocuments(before, after)).toEqual(changes)
})

test('what is placed stands behind its anchor, first without one', () => {
  expect(keysAfter({ a: 1, b: 2 }, { op: 'set', path: '/c', value: 3, after: 'a' })).toEqual(['a', 'c', 'b'])
  expect(keysAfter({ a: 1, b: 2 }, { op: 'set', path: '/c', value: 3, after: null })).toEqual(['c', 'a', 'b'])
  expect(keysAfter({ a: 1, b: 2 }, { op: 'set', path: '/c', value: 3 })).toEqual(['a', 'b', 'c'])
})

test.each([['a', ['a', 'x', 'y', 'b']] as const, [null, ['x', 'y', 'a', 'b']] as const])(
  'several that stand behind %j keep their own order',
  (after, keys) => {
    const changes = ['x', 'y'].map((key): Change => ({ op: 'set', path: `/${key}`, value: 0, after }))
    expect(keysAfter({ a: 1, b: 2 }, ...changes)).toEqual(keys)
  },
)

test('what lost its anchor goes last, in order, and each says so', () => {
  const changes = ['x', 'y'].map((key): Change => ({ op: 'set', path: `/${key}`, value: 0, after: 'gone' }))
  const { document, misfits } = applied({ a: 1, b: 2 }, ...changes)
  expect(Object.keys(document)).toEqual(['a', 'b', 'x', 'y'])
  expect(misfits).toEqual(changes.map((change) => ({ change, reason: 'missing-anchor' })))
})

test.each<[Change, string]>([
  [{ op: 'set', path: '/gone/title', value: 'x' }, 'missing-parent'],
  [{ op: 'set', path: '/a/title', value: 'x' }, 'missing-parent'],
  [{ op: 'remove', path: '/gone', base: 'x' }, 'missing-target'],
  [{ op: 'move', path: '/gone', after: null }, 'missing-target'],
])('%j finds no place and leaves the document as it is', (change, reason) => {
  const before: Json = { a: 1 }
  expect(applied(before, change)).toEqual({ document: before, misfits: [{ change, reason }] })
})
