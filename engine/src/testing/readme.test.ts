import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const textOf = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
const variables = new Set(textOf('engine/src/config.ts').match(/\b(HEDDLE_[A-Z_]+|DATABASE_[A-Z_]+|PORT|HOST)\b/g))

test.each(['README.md', 'README.zh-CN.md'])('%s explains every variable that the configuration reads', (file) => {
  const rows = textOf(file)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .join()
  expect(variables.size).toBeGreaterThan(10)
  expect([...variables].filter((name) => !rows.includes(`\`${name}\``))).toEqual([])
})
