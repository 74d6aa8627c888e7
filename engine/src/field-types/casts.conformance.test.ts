import { checkValue, compileValidator, normaliseValue } from '@heddle/metadata'
import { type FieldTypeFixture, fixtures, specimenOf } from '@heddle/metadata/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { castValues, companyZone } from '../testing/cast-values.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { castFrom, casts } from './casts.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const byName: { readonly [type: string]: FieldTypeFixture } = fixtures
const pairs = Object.entries(casts).flatMap(([to, sources]) => Object.keys(sources).map((from) => [from, to] as const))

describe('Every cast', () => {
  test.each(pairs)('%s → %s gives values that the new type takes, and null for null', async (fromType, toType) => {
    const [source, target] = [byName[fromType], byName[toType]]
    if (source === undefined || target === undefined) throw new Error('A cast names no field type.')
    const from = specimenOf(source).field
    const to = specimenOf(target).field
    const values = source.valid.map(({ value }) => normaliseValue(from, value))
    const results = await castValues(database.sql, from, to, [...values, null])
    expect(results.at(-1)).toBeNull()
    for (const value of results.filter((result) => result !== 'fails' && result !== null)) {
      expect(compileValidator(to.value)(value), JSON.stringify(value)).toEqual([])
      expect(checkValue(to, value)).toEqual([])
      expect(normaliseValue(to, value)).toEqual(value)
    }
  })

  test('is missing where values cannot be kept', () => {
    expect(
      castFrom('"v"', {
        from: specimenOf(fixtures.location).field,
        to: specimenOf(fixtures.text).field,
        timeZone: companyZone,
      }),
    ).toBeUndefined()
  })
})
