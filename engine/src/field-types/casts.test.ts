import { checkValue, compileValidator, type Field, type Json, type JsonObject, normaliseValue } from '@heddle/metadata'
import { type FieldTypeFixture, fixtures, specimenOf } from '@heddle/metadata/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { castFrom, casts } from './casts.ts'
import { columnOf } from './index.ts'
import { jsonLiteral, textLiteral, textsLiteral } from './sql-text.ts'

const timeZone = 'Asia/Shanghai'
const colours = { options: { '1': { title: '一级' }, red: { title: '红' }, dark_red: { title: '深红' } } }

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Casts stored values and gives back what JSON shows of each, or `fails`. */
async function castValues(from: Field, to: Field, values: readonly Json[]): Promise<Json[]> {
  const cast = castFrom('"v"', { from, to, timeZone })
  if (cast === undefined) throw new Error(`There is no cast from ${from.type} to ${to.type}.`)
  const rows = values.map((value, index) => `(${index}, ${literal(from, value)})`).join(', ')
  const result = await database.sql.unsafe<{ json: string }[]>(
    `select row_to_json(r)::text as json from (
      select ${cast.value} as value, ${cast.fails} as fails from (values ${rows}) as old (id, v) order by id
    ) r`,
  )
  return result.map(({ json }) => {
    const row = JSON.parse(json) as { value: Json; fails: boolean }
    return row.fails ? 'fails' : row.value
  })
}

/** A stored value as SQL; the column's own JSON form is its text. */
function literal(field: Field, value: Json): string {
  const type = columnOf(field.type)?.sqlType(field)
  if (value === null) return `null::${type}`
  if (type === 'jsonb') return jsonLiteral(value)
  return Array.isArray(value) ? textsLiteral(value.map(String)) : `${textLiteral(String(value))}::${type}`
}

const fieldOf = (type: string, settings: JsonObject = {}, keywords: JsonObject = {}) =>
  specimenOf(fixtures.text, { ...keywords, 'x-field': { type, ...settings } }).field

const text = fieldOf('text', {}, { maxLength: 20 })

test.each<[string, Field, Field, (readonly [Json, Json])[]]>([
  [
    'text → number reads what people write and rounds nothing',
    text,
    fieldOf('number', { scale: 2 }, { maximum: 2000 }),
    [
      ['1,234.5', 1234.5],
      ['１２．５０', 12.5],
      [' 7 ', 7],
      ['1.005', 'fails'],
      ['3000', 'fails'],
      ['1.2.3', 'fails'],
      ['abc', 'fails'],
    ],
  ],
  [
    'text → integer',
    text,
    fieldOf('integer'),
    [
      ['42', 42],
      ['42.0', 42],
      ['42.5', 'fails'],
    ],
  ],
  [
    'number → text shows the digits',
    fieldOf('number'),
    text,
    [
      [7.7, '7.7'],
      [1200, '1200'],
      [-0.5, '-0.5'],
    ],
  ],
  ['integer → number', fieldOf('integer'), fieldOf('number', { scale: 0 }), [[42, 42]]],
  [
    'number → integer takes whole numbers only',
    fieldOf('number'),
    fieldOf('integer', {}, { minimum: 0 }),
    [
      [42, 42],
      [42.5, 'fails'],
      [-1, 'fails'],
    ],
  ],
  [
    'number → rating keeps the bounds',
    fieldOf('number'),
    fieldOf('rating'),
    [
      [5, 5],
      [6, 'fails'],
    ],
  ],
  [
    'text → date takes the forms of imports and real days only',
    text,
    fieldOf('date'),
    [
      ['2025-01-31', '2025-01-31'],
      ['2025/1/31', '2025-01-31'],
      ['2025年1月31日', '2025-01-31'],
      ['20240229', '2024-02-29'],
      ['31.12.2025', '2025-12-31'],
      ['2025-01-31 00:00', '2025-01-31'],
      ['2025-02-29', 'fails'],
      ['2025-13-01', 'fails'],
      ['0000-01-01', 'fails'],
      ['1/2/2025', 'fails'],
    ],
  ],
  [
    'text → datetime reads times in the company’s zone unless they have an offset',
    fieldOf('text'),
    fieldOf('datetime'),
    [
      ['2025-01-31 08:30', '2025-01-31T00:30:00+00:00'],
      ['2025/1/31', '2025-01-30T16:00:00+00:00'],
      ['2025-01-31T08:30:00-05:00', '2025-01-31T13:30:00+00:00'],
      ['2025-02-30T08:30:00Z', 'fails'],
      ['2025-01-31 25:00', 'fails'],
    ],
  ],
  [
    'text → time',
    text,
    fieldOf('time'),
    [
      ['8:30', '08:30:00'],
      ['8时5分', '08:05:00'],
      ['24:00', 'fails'],
    ],
  ],
  [
    'date → datetime is midnight in the company',
    fieldOf('date'),
    fieldOf('datetime'),
    [['2025-01-31', '2025-01-30T16:00:00+00:00']],
  ],
  [
    'datetime → date is the company’s day',
    fieldOf('datetime'),
    fieldOf('date'),
    [
      ['2025-01-31T20:00:00+00:00', '2025-02-01'],
      ['2025-01-31T15:59:59+00:00', '2025-01-31'],
    ],
  ],
  [
    'datetime → text is the company’s clock',
    fieldOf('datetime'),
    text,
    [
      ['2025-01-31T00:30:00+00:00', '2025-01-31 08:30'],
      ['2025-01-31T00:30:15+00:00', '2025-01-31 08:30:15'],
    ],
  ],
  [
    'select → text shows titles',
    fieldOf('select', colours),
    text,
    [
      ['dark_red', '深红'],
      ['gone', 'gone'],
    ],
  ],
  [
    'text → select knows keys and titles',
    text,
    fieldOf('select', colours),
    [
      ['RED', 'red'],
      [' 深红', 'dark_red'],
      ['蓝', 'fails'],
    ],
  ],
  [
    'integer → select knows keys',
    fieldOf('integer'),
    fieldOf('select', colours),
    [
      [1, '1'],
      [2, 'fails'],
    ],
  ],
  [
    'select → multi-select',
    fieldOf('select', colours),
    fieldOf('multi-select', colours),
    [
      ['red', ['red']],
      ['gone', 'fails'],
    ],
  ],
  [
    'multi-select → select takes one entry',
    fieldOf('multi-select', colours),
    fieldOf('select', colours),
    [
      [['red'], 'red'],
      [['red', '1'], 'fails'],
    ],
  ],
  [
    'tags → multi-select takes options only, in their order',
    fieldOf('tags'),
    fieldOf('multi-select', colours),
    [
      [
        ['一级', '红', 'red'],
        ['1', 'red'],
      ],
      [['红', '蓝'], 'fails'],
    ],
  ],
  [
    'text → tags',
    fieldOf('text'),
    fieldOf('tags'),
    [
      ['a，b、a; c', ['a', 'b', 'c']],
      ['x'.repeat(61), 'fails'],
    ],
  ],
  ['multi-select → text', fieldOf('multi-select', colours), text, [[['red', 'dark_red'], '红, 深红']]],
  [
    'boolean → text and back',
    fieldOf('boolean'),
    text,
    [
      [true, '是'],
      [false, '否'],
    ],
  ],
  [
    'text → boolean',
    text,
    fieldOf('boolean'),
    [
      ['是', true],
      ['No', false],
      ['perhaps', 'fails'],
    ],
  ],
  [
    'long text → text is one line and is not cut',
    fieldOf('long-text'),
    text,
    [
      ['one\ntwo', 'one two'],
      ['x'.repeat(21), 'fails'],
    ],
  ],
  ['long text → rich text', fieldOf('long-text'), fieldOf('rich-text'), [['1 < 2\nb', '<p>1 &lt; 2</p><p>b</p>']]],
  [
    'rich text → long text',
    fieldOf('rich-text'),
    fieldOf('long-text'),
    [['<p>1 &lt; 2</p><p><b>b</b></p>', '1 < 2\nb']],
  ],
  [
    'text → e-mail',
    fieldOf('text'),
    fieldOf('email'),
    [
      ['Ann@Example.com', 'ann@example.com'],
      ['ann', 'fails'],
    ],
  ],
  [
    'several files → one',
    fieldOf('file', { multiple: true }),
    fieldOf('file'),
    [
      [['0190f3a1-7b2c-7d3e-8f40-515263748596'], '0190f3a1-7b2c-7d3e-8f40-515263748596'],
      [['0190f3a1-7b2c-7d3e-8f40-515263748596', '0190f3a1-7b2c-7d3e-8f40-a1b2c3d4e5f6'], 'fails'],
    ],
  ],
  [
    'one file → several',
    fieldOf('image'),
    fieldOf('file', { multiple: true }),
    [['0190f3a1-7b2c-7d3e-8f40-515263748596', ['0190f3a1-7b2c-7d3e-8f40-515263748596']]],
  ],
])('%s', async (_title, from, to, cases) => {
  const values = cases.map(([value]) => value)
  const expected = cases.map(([, result]) => result)
  expect(await castValues(from, to, [...values, null])).toEqual([...expected, null])
})

const byName: { readonly [type: string]: FieldTypeFixture } = fixtures
const pairs = Object.entries(casts).flatMap(([to, sources]) => Object.keys(sources).map((from) => [from, to] as const))

describe('Every cast', () => {
  test.each(pairs)('%s → %s gives values that the new type takes, and null for null', async (fromType, toType) => {
    const [source, target] = [byName[fromType], byName[toType]]
    if (source === undefined || target === undefined) throw new Error('A cast names no field type.')
    const from = specimenOf(source).field
    const to = specimenOf(target).field
    const values = source.valid.map(({ value }) => normaliseValue(from, value))
    const results = await castValues(from, to, [...values, null])
    expect(results.at(-1)).toBeNull()
    for (const value of results.filter((result) => result !== 'fails' && result !== null)) {
      expect(compileValidator(to.value)(value), JSON.stringify(value)).toEqual([])
      expect(checkValue(to, value)).toEqual([])
      expect(normaliseValue(to, value)).toEqual(value)
    }
  })

  test('is missing where values cannot be kept', () => {
    expect(castFrom('"v"', { from: fieldOf('location'), to: text, timeZone })).toBeUndefined()
  })
})

test('a quote or a backslash in a title stays text', async () => {
  const from = fieldOf('select', { options: { a: { title: `it's \\ "x"` } } })
  expect(await castValues(from, text, ['a'])).toEqual([`it's \\ "x"`])
})
