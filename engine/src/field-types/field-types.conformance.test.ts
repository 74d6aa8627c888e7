import { type Json, normaliseValue } from '@heddle/metadata'
import { type FieldTypeFixture, fixtures, specimenOf } from '@heddle/metadata/fixtures'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Parameter } from '../storage/connect.ts'
import { renderStatement, runRows } from '../storage/statement.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { columnOf } from './index.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const stored: readonly (readonly [string, FieldTypeFixture])[] = Object.entries(fixtures).filter(
  ([, fixture]) => columnOf(specimenOf(fixture).field) !== null,
)

describe.each(stored)('The column of the field type %s', (name, fixture) => {
  const { field } = specimenOf(fixture)
  const column = columnOf(field)
  const sqlType = sql.raw(column?.sqlType(field) ?? '')
  const table = sql`app.${sql.identifier(`column_${name}`)}`

  beforeAll(async () => {
    await database.sql.unsafe(renderStatement(sql`create table ${table} (id int primary key, value ${sqlType})`).text)
  })

  async function throughDatabase(id: number, value: Json): Promise<unknown> {
    const bound: Parameter = value === null ? null : (column?.bind(value, field) ?? null)
    const insert = sql`insert into ${table} values (${id}, ${sql.placeholder('value')}::${sqlType})`
    await runRows(database.sql, renderStatement(insert), { value: bound })
    const read = column?.read?.(sql`value`) ?? sql`value`
    const select = sql`select row_to_json(t)::text as json from (select ${read} as value from ${table} where id = ${id}) t`
    const [row] = await runRows<{ json: string }>(database.sql, renderStatement(select))
    return JSON.parse(row?.json ?? 'null')
  }

  test('gives back every valid value in its stored form', async () => {
    for (const [id, { value }] of fixture.valid.entries()) {
      const normalised = normaliseValue(field, value)
      expect(await throughDatabase(id, normalised)).toEqual({ value: normalised })
    }
  })

  test('holds nothing as null', async () => {
    expect(await throughDatabase(1000, null)).toEqual({ value: null })
  })
})

test('a decimal is rounded half up when it is bound', () => {
  const { field } = specimenOf(fixtures.money)
  expect(columnOf(field)?.bind(1.005, field)).toBe(1.01)
})

const sqlTypeOf = ({ field }: ReturnType<typeof specimenOf>) => columnOf(field)?.sqlType(field)

test('a roll-up has the column of what it returns', () => {
  const typeOf = (aggregate: object) =>
    sqlTypeOf(specimenOf(fixtures.rollup, { 'x-field': { type: 'rollup', from: 'part', by: 'whole', ...aggregate } }))
  expect([typeOf({ count: true }), typeOf({ sum: 'price' }), typeOf({ min: 'made_on' })]).toEqual([
    'bigint',
    'numeric',
    'date',
  ])
})

test('a formula has the column of what it returns when it is stored; whole numbers have no bounds on the way', () => {
  const typeOf = (settings: object) =>
    sqlTypeOf(specimenOf(fixtures.formula, { 'x-field': { type: 'formula', expression: '1', ...settings } }))
  const stored = (returns: string) => typeOf({ returns, stored: true })
  expect(typeOf({ returns: 'number' })).toBeUndefined()
  expect(['money', 'integer', 'text', 'boolean', 'date', 'datetime', 'time', 'duration'].map(stored)).toEqual([
    'numeric',
    'numeric',
    'text',
    'boolean',
    'date',
    'timestamptz',
    'time',
    'text',
  ])
})

test('several files are a list, one is a reference', () => {
  const typeOf = (settings: object) =>
    sqlTypeOf(specimenOf(fixtures.file, { 'x-field': { type: 'file', ...settings } }))
  expect([typeOf({}), typeOf({ multiple: true })]).toEqual(['uuid', 'jsonb'])
})
