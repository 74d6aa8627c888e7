import { profileKeys, type TypedExpression } from '@heddle/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { articleTables } from './fixtures/article.ts'
import { authors, sampleArticles } from './fixtures/article-rows.ts'
import { checked, compareEngines, type Fault } from './fixtures/compare-engines.ts'
import { textsOfRow } from './fixtures/expression-texts.ts'

const seed = 20_240_331
const rows = sampleArticles(30, seed)
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await fill(database)
})

afterAll(() => database.drop())

describe('memory and SQL', () => {
  it('agree on random expressions over every row of the profile', async () => {
    const reached = new Set<string>()
    let cells = 0
    let tried = 0
    let accepted = 0
    for (const key of profileKeys) {
      const texts = fc.sample(textsOfRow(key, 3), { numRuns: 12, seed })
      const expressions = texts.map(checked).filter((expression) => expression !== undefined)
      for (const expression of expressions) for (const row of rowsIn(expression)) reached.add(row)
      const comparison = await compareEngines(database.sql, texts, rows)
      expect(comparison.differences.slice(0, 5), key).toEqual([])
      cells += comparison.cells
      tried += texts.length
      accepted += expressions.length
    }
    expect([...profileKeys].filter((key) => !reached.has(key))).toEqual([])
    expect(accepted / tried).toBeGreaterThan(0.9)
    expect(cells).toBeGreaterThan(20_000)
  }, 120_000)
})

describe('a planted fault is found in comparisons:', () => {
  const faults: Readonly<Record<string, Fault>> = {
    'null compared by <> and =': {
      rewrite: (text) => text.replaceAll('is not distinct from', '=').replaceAll('is distinct from', '<>'),
    },
    'numbers not rounded': { rewrite: (text) => text.replaceAll(/\bround\(/g, 'unrounded(') },
    'another time zone': { timeZone: 'America/New_York' },
  }
  // Rounding that the text itself asks for would be found too easily.
  const texts = (['equal', 'not-equal', 'less', 'greater-or-equal'] as const)
    .flatMap((key) => fc.sample(textsOfRow(key, 3), { numRuns: 60, seed }))
    .filter((text) => !/round|decimal|string/.test(text))

  it.each(Object.entries(faults))('%s', async (_, fault) => {
    await database.sql.unsafe(
      `create or replace function unrounded(numeric, int) returns numeric language sql as 'select $1'`,
    )
    expect((await compareEngines(database.sql, texts, rows)).differences).toEqual([])
    expect((await compareEngines(database.sql, texts, rows, fault)).differences).not.toEqual([])
  })
})

function rowsIn(expression: TypedExpression): readonly string[] {
  if (expression.node === 'list') return expression.items.flatMap(rowsIn)
  return expression.node === 'call' ? [expression.row, ...expression.args.flatMap(rowsIn)] : []
}

async function fill({ sql }: TestDatabase): Promise<void> {
  await sql.unsafe(articleTables)
  const lines = rows.flatMap((row) =>
    row.lines.map((line, position) => ({ ...line, position, article: row.id, author: line.author?.id ?? null })),
  )
  const articles = rows.map((row) => ({ ...row, author: row.author?.id ?? null }))
  for (const [table, records] of Object.entries({ author: authors, article: articles, article_line: lines })) {
    await sql.unsafe(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::text::json)`, [
      JSON.stringify(records),
    ])
  }
}
