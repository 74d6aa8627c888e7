import { nearest, valueTypeOf } from '@heddle/metadata'
import { type Column, systemColumnTypes } from '../access/entity-lookup.ts'
import { badParameter } from '../errors.ts'
import { resultColumnOf } from '../field-types/index.ts'
import { isUuid } from '../storage/uuid.ts'

/** The value of a `field=value` condition as a parameter for its column; empty text asks for empty values. */
export function parseFilterValue(column: Column, text: string): string | number | boolean | null {
  if (text === '') return null
  const feel = column.field === undefined ? systemFeel(column.name) : valueTypeOf(column.field).feel
  const parse = parsers[feel]
  const value = parse === undefined ? undefined : parse(text)
  if (value === undefined || !isWithin(column, value) || !isOffered(column, text)) {
    const near = nearest(text, column.field?.options ?? [])
    throw badParameter(
      column.name,
      `“${text.slice(0, 60)}” is no value that “${column.name}” can have${near ? `; did you mean “${near}”?` : '.'}`,
    )
  }
  return value
}

/** What the columns of whole numbers hold at most; PostgreSQL compares them with nothing else. */
const largest: { readonly [sqlType: string]: number } = {
  smallint: 2 ** 15 - 1,
  integer: 2 ** 31 - 1,
  bigint: Number.MAX_SAFE_INTEGER,
}

function isWithin({ name, field }: Column, value: unknown): boolean {
  const type = field === undefined ? systemColumnTypes[name] : resultColumnOf(field)?.sqlType(field)
  const most = largest[type ?? '']
  return typeof value !== 'number' || most === undefined || (Number.isInteger(value) && Math.abs(value) <= most)
}

/** Where there are options, others find nothing and are a mistake. */
function isOffered({ field }: Column, text: string): boolean {
  return field === undefined || field.choices.size === 0 || field.choices.has(text)
}

function systemFeel(name: string): string {
  const type = systemColumnTypes[name]
  if (type === 'uuid') return 'reference'
  return type === 'integer' ? 'number' : 'datetime'
}

const parsers: { readonly [feel: string]: (text: string) => string | number | boolean | undefined } = {
  text: (text) => text,
  option: (text) => text,
  texts: (text) => text,
  number: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  reference: (text) => (isUuid(text) ? text : undefined),
  date: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(`${text}T00:00:00Z`) ? text : undefined),
  datetime: (text) => (isMoment(text) ? text : undefined),
  time: (text) => (/^\d{2}:\d{2}(:\d{2})?$/.test(text) ? text : undefined),
  duration: (text) => text,
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text))
}
