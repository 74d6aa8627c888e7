import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, type Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import { type Change, diffDocuments } from './changes.ts'
import { documents, edited } from './fixtures/documents.ts'
import { foldLayers, type Layer, type Override, siteOwner } from './fold.ts'
import { keyedForm } from './sets.ts'

const definition = (address: string, body: JsonObject): Definition => {
  const [kind = '', name = ''] = address.split('/')
  return { kind, name, body }
}
const layer = (owner: string, parts: Partial<Layer> = {}): Layer => {
  return { owner, definitions: [], extensions: [], overrides: [], ...parts }
}
const field = (title: string): JsonObject => ({ title, 'x-field': { type: 'text' } })
const article: JsonObject = {
  title: 'Article',
  required: ['name'],
  properties: { name: field('Name'), kind: field('Kind'), note: field('Note') },
}
const base = layer('base', { definitions: [definition('entity/article', article)] })
const site = (...changes: Change[]): Layer =>
  layer(siteOwner, { overrides: changes.map((change): Override => ({ ...change, address: 'entity/article' })) })
const fieldsOf = (layers: readonly Layer[]) =>
  Object.keys(foldLayers(layers).definitions.get('entity/article')?.body.properties ?? {})
const codesOf = (layers: readonly Layer[]) => foldLayers(layers).findings.map(({ code }) => code)

const stale = ['view/gone', 'view/lost'].map((address): Override => ({ address, op: 'set', path: '/a', value: 1 }))

/** Two plugins with a few definitions each, one extending the other, and a site that edits what they own. */
const stacks: fc.Arbitrary<Layer[]> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 }),
    bodies: fc.array(documents, { minLength: 5, maxLength: 5 }),
    added: documents,
  })
  .chain(({ names, bodies, added }) => {
    const owned = names.map((name, index) => definition(`view/${name}`, bodies[index] ?? {}))
    const first = layer('base', { definitions: [...owned, definition('entity/article', article)] })
    const extension = definition('entity/article', { properties: { more_size: field('Size') } })
    const second = layer('more', { definitions: [definition('view/z', added)], extensions: [extension] })
    return fc
      .tuple(...owned.map((each) => edited(each.body).map((body) => ({ before: each, body }))))
      .map((edits) =>
        edits.flatMap(({ before, body }) =>
          diffDocuments(keyedForm(before.body), keyedForm(body)).map((change): Override => {
            return { ...change, address: addressOf(before) }
          }),
        ),
      )
      .map((overrides) => [
        first,
        second,
        layer(siteOwner, { definitions: [definition('view/x_own', added)], overrides: [...overrides, ...stale] }),
      ])
  })

const folded = (layers: readonly Layer[]) => {
  const { definitions, findings } = foldLayers(layers)
  return JSON.stringify({ definitions: [...definitions], findings })
}

test('in what order a layer lists its definitions and its overrides of different addresses does not matter', () => {
  const shuffled = stacks.chain((layers) =>
    fc
      .tuple(
        ...layers.map((each) =>
          fc.record({
            owner: fc.constant(each.owner),
            definitions: shuffle(each.definitions),
            extensions: shuffle(each.extensions),
            overrides: shuffleGroups(each.overrides),
          }),
        ),
      )
      .map((others) => [layers, others] as const),
  )
  fc.assert(
    fc.property(shuffled, ([layers, others]) => {
      expect(folded(others)).toBe(folded(layers))
    }),
    { numRuns: 500 },
  )
})

test('the order of keys in a definition does matter', () => {
  const turned = { ...article, properties: Object.fromEntries(Object.entries(article.properties ?? {}).reverse()) }
  expect(fieldsOf([base])).toEqual(['name', 'kind', 'note'])
  expect(fieldsOf([layer('base', { definitions: [definition('entity/article', turned)] })])).toEqual([
    'note',
    'kind',
    'name',
  ])
})

test('overrides made from an edited document give that document again', () => {
  const edits = documents.chain((body) =>
    edited(body).map((wanted) => [{ columns: body }, { columns: wanted }] as const),
  )
  fc.assert(
    fc.property(edits, ([body, wanted]) => {
      const overrides = diffDocuments(keyedForm(body), keyedForm(wanted)).map((change): Override => {
        return { ...change, address: 'view/a' }
      })
      const layers = [layer('base', { definitions: [definition('view/a', body)] }), layer(siteOwner, { overrides })]
      const { definitions, findings } = foldLayers(layers)
      expect(JSON.stringify(keyedForm(definitions.get('view/a')?.body ?? {}))).toBe(JSON.stringify(keyedForm(wanted)))
      expect(findings).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('an override stands behind its anchor, and last with a finding when that is gone', () => {
  const added = { op: 'set', path: '/properties/x_size', value: field('Size') } as const
  expect(fieldsOf([base, site({ ...added, after: 'name' })])).toEqual(['name', 'x_size', 'kind', 'note'])
  expect(fieldsOf([base, site({ ...added, after: null })])).toEqual(['x_size', 'name', 'kind', 'note'])
  const lost = [base, site({ ...added, after: 'gone' })]
  expect(fieldsOf(lost)).toEqual(['name', 'kind', 'note', 'x_size'])
  expect(foldLayers(lost).findings).toEqual([
    {
      severity: 'warning',
      address: 'entity/article',
      path: '/properties/x_size',
      code: 'layer.override.missing-anchor',
      message: expect.stringContaining('stands last'),
    },
  ])
})

test('one member of a set is one change', () => {
  const { definitions } = foldLayers([base, site({ op: 'set', path: '/required/kind', value: true })])
  expect(definitions.get('entity/article')?.body.required).toEqual(['name', 'kind'])
})

test('a definition that the site removes is gone, and what is gone below is said', () => {
  const removed = [base, site({ op: 'remove', path: '', base: article })]
  expect([...foldLayers(removed).definitions.keys()]).toEqual([])
  expect(codesOf(removed)).toEqual([])
  expect(codesOf([layer('base'), ...removed.slice(1)])).toEqual(['layer.override.unknown'])
  expect(codesOf([base, site({ op: 'set', path: '/properties/gone/title', value: 'X' })])).toEqual([
    'layer.override.missing-parent',
  ])
})

test('an extension adds fields under its own prefix behind those that stand', () => {
  const extend = (properties: JsonObject) =>
    layer('more', { extensions: [definition('entity/article', { properties, required: ['more_size'] })] })
  const { definitions, findings } = foldLayers([base, extend({ more_size: field('Size') })])
  const entity = definitions.get('entity/article')
  expect(Object.keys(entity?.body.properties ?? {})).toEqual(['name', 'kind', 'note', 'more_size'])
  expect(entity?.body.required).toEqual(['name', 'more_size'])
  expect(entity?.owner).toBe('base')
  expect(entity?.fieldOwners).toEqual(new Map([['more_size', 'more']]))
  expect(findings).toEqual([])
  expect(codesOf([base, extend({ size: field('Size') })])).toEqual(['layer.extends.prefix'])
  expect(codesOf([extend({})])).toEqual(['layer.extends.unknown'])
})

test('an extension cannot change what stands', () => {
  const extension = definition('entity/article', { title: 'Other', properties: { name: { title: 'Other' } } })
  const { definitions } = foldLayers([base, layer('more', { extensions: [extension] })])
  expect(definitions.get('entity/article')?.body).toEqual(article)
})

test('one address has one owner, but translations of all layers merge', () => {
  const texts = (address: string) => definition('translation/en', { [address]: { '/title': address } })
  expect(codesOf([base, layer('more', { definitions: [definition('entity/article', article)] })])).toEqual([
    'layer.duplicate',
  ])
  const both = [layer('base', { definitions: [texts('view/a')] }), layer('more', { definitions: [texts('view/b')] })]
  expect(foldLayers(both).definitions.get('translation/en')?.body).toEqual({
    'view/a': { '/title': 'view/a' },
    'view/b': { '/title': 'view/b' },
  })
})

test('what did not change is the same object in the next fold', () => {
  const layers = [base, site({ op: 'set', path: '/title', value: 'Paper', base: 'Article' })]
  const [before, after] = [foldLayers(layers), foldLayers([...layers])]
  expect(after.definitions.get('entity/article')).toBe(before.definitions.get('entity/article'))
})

function shuffle<Part>(parts: readonly Part[]): fc.Arbitrary<Part[]> {
  return fc.shuffledSubarray([...parts], { minLength: parts.length })
}

/** Overrides of one address keep their order; the addresses mix. */
function shuffleGroups(overrides: readonly Override[]): fc.Arbitrary<Override[]> {
  const addresses = [...new Set(overrides.map(({ address }) => address))]
  return shuffle(overrides.map(({ address }) => address)).map((slots) => {
    const queues = new Map(addresses.map((each) => [each, overrides.filter(({ address }) => address === each)]))
    return slots.flatMap((address) => queues.get(address)?.shift() ?? [])
  })
}

test('what an extension says otherwise of something that exists is told, as it changes nothing', () => {
  const rule = (error: string): JsonObject => ({ when: 'false', error })
  const owned = { ...article, 'x-entity': { label: 'name', rules: { long: rule('Too long') } } }
  const extension = {
    title: 'Paper',
    required: ['name'],
    properties: { more_size: field('Size'), name: field('Name'), kind: field('Sort') },
    'x-entity': { label: 'name', rules: { long: rule('Too much'), more_short: rule('Too short') } },
  }
  const { definitions, findings } = foldLayers([
    layer('base', { definitions: [definition('entity/article', owned)] }),
    layer('more', { extensions: [definition('entity/article', extension)] }),
  ])
  const told = findings.filter(({ code }) => code === 'layer.extends.taken')
  expect(told.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    'warning /title',
    'warning /properties/kind/title',
    'warning /x-entity/rules/long/error',
  ])
  const folded = definitions.get('entity/article')
  expect(folded?.body.title).toBe('Article')
  expect([...(folded?.fieldOwners ?? [])]).toEqual([['more_size', 'more']])
})
