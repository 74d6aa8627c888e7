import { expect, it } from 'vitest'
import { withinSentence } from './setup.ts'

it.each([
  ['Sales order', 'sales order'],
  ['VAT rate', 'VAT rate'],
  ['GB 18401', 'GB 18401'],
  ['订单', '订单'],
])('“%s” stands in a sentence as “%s”', (title, within) => {
  expect(withinSentence(title)).toBe(within)
})
