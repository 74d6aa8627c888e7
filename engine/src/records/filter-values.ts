import { nearest, valueTypeOf } from '@heddle/metadata'
import { type Column, systemColumnTypes } from '../access/entity-lookup.ts'
import { badParameter } from '../errors.ts'
import { resultColumnOf } from '../field-types/index.ts'
import { isUuid } from '../storage/uuid.ts'

/** The value of a `field=value` condition as a parameter for its column; empty text asks for empty values. */
export function parseFilterValue(column: Column, text: string): string | number | boolean | null {
  if (text === '') return null
  const parse = parsers[feelOf(column)]
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

/** Whether a column can hold a value that is said to come from it. */
export function canHold(column: Column, value: string | number | boolean | null): boolean {
  if (value === null) return column.isNullable
  const feel = feelOf(column)
  if (feel === 'number' || feel === 'boolean') return typeof value === feel && isWithin(column, value)
  return typeof value === 'string' && parsers[feel]?.(value) !== undefined
}

/** What kind of value a column holds for expressions. */
export function feelOf({ name, field }: Column): string {
  if (field !== undefined) return valueTypeOf(field).feel
  const type = systemColumnTypes[name]
  if (type === 'uuid') return 'reference'
  return type === 'integer' ? 'number' : 'datetime'
}

const parsers: { readonly [feel: string]: (text: string) => string | number | boolean | undefined } = {
  text: (text) => text,
  option: (text) => text,
  texts: (text) => text,
  number: (text) =>
    /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  reference: (text) => (isUuid(text) ? text : undefined),
  date: (text) => (isDay(text) ? text : undefined),
  datetime: (text) => (isMoment(text) ? text : undefined),
  time: (text) => (/^\d{2}:\d{2}(:\d{2})?$/.test(text) ? text : undefined),
  duration: (text) => text,
}

function isMoment(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(text)?.[0]
  return day !== undefined && isDay(day) && !Number.isNaN(Date.parse(text))
}

/** JavaScript counts the 31st of a shorter month on into the next. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text)
}
