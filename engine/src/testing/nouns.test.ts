import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

const nouns = readFileSync(new URL('nouns.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** Latin words match whole and in the plural, also inside camelCase and snake_case; Chinese ones anywhere. */
const pattern = new RegExp(nouns.map((noun) => (/^[a-z]/.test(noun) ? `\\b${noun}s?\\b` : noun)).join('|'), 'gi')

function nounsIn(text: string): string[] {
  return (
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[_-]/g, ' ')
      .match(pattern) ?? []
  )
}

test.each(['engine/src', 'metadata/src', 'metadata/schemas'])('%s knows no noun of a business', (folder) => {
  const found = sourceFiles(folder)
    .filter(({ path }) => !path.startsWith('engine/src/testing/nouns.'))
    .flatMap(({ path, text }) => nounsIn(`${path}\n${text}`).map((noun) => `${path}: ${noun}`))
  expect(found).toEqual([])
})

test.each([
  ['const customerName = 1', 'customer'],
  ['select * from app.fabrics', 'fabrics'],
  ['price_list', 'price list'],
  ['// 客户的名称', '客户'],
])('the noun in “%s” is found', (text, noun) => {
  expect(nounsIn(text)).toEqual([noun])
})
