import { expect, it } from 'vitest'
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
