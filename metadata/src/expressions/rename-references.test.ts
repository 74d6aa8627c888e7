import { expect, it } from 'vitest'
import { articleScope } from './fixtures/article.ts'
import { renameReferences } from './rename-references.ts'

const rename = (names: Record<string, string>) => (path: readonly string[]) => names[path.join('.')]

it('a renamed field is rewritten wherever it is read, and nothing else changes', () => {
  const text = 'amount  >1 /* amount */ and contains( title , "amount")and sum(lines.amount) > amount'
  expect(renameReferences(text, articleScope, rename({ amount: 'total' }))).toBe(
    'total  >1 /* amount */ and contains( title , "amount")and sum(lines.amount) > total',
  )
})

it('fields of lookups and lines are told apart by their path', () => {
  const text = 'lines[amount > 1].note = null or author.name = title or (some l in lines satisfies l.amount > amount)'
  const names = { 'lines.amount': 'sum_net', author: 'writer', 'author.name': 'label' }
  expect(renameReferences(text.replace('lines[amount > 1].note = null or ', ''), articleScope, rename(names))).toBe(
    'writer.label = title or (some l in lines satisfies l.sum_net > amount)',
  )
  expect(renameReferences('count(lines[amount > 1])', articleScope, rename(names))).toBe('count(lines[sum_net > 1])')
})

it('a text that does not pass the check stays as it is', () => {
  expect(renameReferences('amount > unknown', articleScope, rename({ amount: 'total' }))).toBe('amount > unknown')
})
