import type { Field, Json, JsonObject } from '@heddle/metadata'
import { fixtures, specimenOf } from '@heddle/metadata/fixtures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castValues } from '../testing/cast-values.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'

const colours = { options: { '1': { title: '一级' }, red: { title: '红' }, dark_red: { title: '深红' } } }

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

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
  expect(await castValues(database.sql, from, to, [...values, null])).toEqual([...expected, null])
})

test('a quote or a backslash in a title stays text', async () => {
  const from = fieldOf('select', { options: { a: { title: `it's \\ "x"` } } })
  expect(await castValues(database.sql, from, text, ['a'])).toEqual([`it's \\ "x"`])
})
