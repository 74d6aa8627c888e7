import { expect, it, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { validateDefinitions } from '../validation/validate-definitions.ts'
import { compileRelease } from './compile-release.ts'
import { emptyStorage } from './storage.ts'

const offer = {
  kind: 'entity',
  name: 'offer',
  owner: 'site',
  fieldOwners: new Map<string, string>(),
  body: {
    title: 'Offer',
    type: 'object',
    properties: { amount: { title: 'Amount', 'x-field': { type: 'money' } } },
    'x-entity': { currency: true },
  },
} as const

it.each([
  ['zh-CN', ['Amount', '币种', '汇率', 'Amount (本位币)']],
  ['en', ['Amount', 'Currency', 'Rate', 'Amount (company currency)']],
  ['fr', ['Amount', '币种', '汇率', 'Amount (本位币)']],
])('fields that a currency brings are called in %s as the others are', (locale, titles) => {
  const release = compileRelease(1, new Map([['entity/offer', offer]]), emptyStorage, locale)
  expect([...(release.entity('offer')?.fields.values() ?? [])].map(({ title }) => title)).toEqual(titles)
})

test('every amount gets one in the company currency, roll-ups too, unless it is in that already', () => {
  const field = (type: string, settings: JsonObject = {}) => ({ title: type, 'x-field': { type, ...settings } })
  const gather = (sum: string) => field('rollup', { from: 'part', by: 'offer', sum })
  const part = {
    amount: field('money'),
    size: field('number'),
    known: field('formula', { returns: 'money', expression: 'amount_base', currency: 'company' }),
    offer: field('lookup', { entity: 'offer' }),
  }
  const properties = {
    whole: gather('amount'),
    whole_known: gather('known'),
    whole_in_base: gather('amount_base'),
    sizes: gather('size'),
    worked: field('formula', { returns: 'money', expression: 'whole * rate', currency: 'company' }),
    half: field('formula', { returns: 'money', expression: 'whole / 2' }),
  }
  const entity = (name: string, of: JsonObject) => ({
    ...{ kind: 'entity', name, body: { title: name, properties: of, 'x-entity': { currency: true } } },
  })
  const layer = { owner: 'site', definitions: [entity('offer', properties), entity('part', part)] }
  const folded = foldLayers([{ ...layer, extensions: [], overrides: [] }])
  const release = compileRelease(1, folded.definitions, emptyStorage)
  const names = [...(release.entity('offer')?.fields.keys() ?? [])]
  expect(names.filter((name) => name.endsWith('_base') && !Object.hasOwn(properties, name))).toEqual([
    'whole_base',
    'half_base',
  ])
  expect(validateDefinitions(folded, emptyStorage)).toEqual([])
})

test('amounts in the currencies of records are doubtful where they meet a number, or each other in no currency', () => {
  const field = (type: string, settings: JsonObject = {}) => ({ title: type, 'x-field': { type, ...settings } })
  const part = {
    title: 'Part',
    properties: { amount: field('money'), size: field('number'), whole: field('lookup', { entity: 'whole' }) },
    'x-entity': {
      currency: true,
      rules: {
        small: { when: 'amount < 100 and size < 100', error: 'x' },
        among: { when: '(amount in [1, 2]) or amount between 3 and 4', error: 'x' },
        right: { when: 'amount_base < 100 or amount < 0 or amount < whole.most or amount = null', error: 'x' },
      },
    },
  }
  const gather = (settings: JsonObject) => field('rollup', { from: 'part', by: 'whole', ...settings })
  const whole = {
    title: 'Whole',
    properties: {
      most: field('money'),
      worth: gather({ sum: 'amount' }),
      many: gather({ count: true, where: 'amount > 100' }),
      right: gather({ sum: 'amount_base', where: 'amount_base > 100' }),
    },
  }
  const definitions = Object.entries({ part, whole }).map(([name, body]) => ({ kind: 'entity', name, body }))
  const folded = foldLayers([{ owner: 'site', definitions, extensions: [], overrides: [] }])
  const findings = validateDefinitions(folded, emptyStorage)
  expect(findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
    'warning currency.compared /x-entity/rules/small/when',
    'warning currency.compared /x-entity/rules/among/when',
    'warning currency.gathered /properties/worth/x-field/sum',
    'warning currency.compared /properties/many/x-field/where',
  ])
})
