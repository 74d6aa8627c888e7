import { type Field, valueTypeOf } from '@heddle/metadata'
import type { Cast } from './cast.ts'
import { halfWidth } from './cast-text-parts.ts'

/** A number that the new field holds without rounding and within its bounds. */
export const numberToNumber: Cast = (column, { to }) => fitting(`${column}::numeric`, to)

/** Text that is a number: full-width digits, spaces and thousands separators are understood. */
export const textToNumber: Cast = (column, { to }) =>
  fitting(parsed(`regexp_replace(${halfWidth(column)}, '\\s|%$', '', 'g')`), to)

/** 1 or 0. */
export const booleanToNumber: Cast = (column, { to }) => fitting(`${column}::int::numeric`, to)

/** 1 is true, 0 is false. */
export const numberToBoolean: Cast = (column) => `case ${column} when 1 then true when 0 then false end`

/** The words for yes and no that people write. */
export const textToBoolean: Cast = (column) => `case
    when ${wordOf(column)} in ('是', '对', '有', 'true', 'yes', 'y', 't', '1') then true
    when ${wordOf(column)} in ('否', '不', '无', 'false', 'no', 'n', 'f', '0') then false
  end`

function wordOf(column: string): string {
  return `lower(btrim(${halfWidth(column)}))`
}

function parsed(text: string): string {
  return `(select case
      when n ~ '^[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?$' then replace(n, ',', '')::numeric
      when n ~ '^[+-]?(\\d+\\.?\\d*|\\.\\d+)$' then n::numeric
    end from (select ${text} as n) t)`
}

const comparisons = [
  ['minimum', '>='],
  ['maximum', '<='],
  ['exclusiveMinimum', '>'],
  ['exclusiveMaximum', '<'],
] as const

function fitting(number: string, to: Field): string {
  const scale = valueTypeOf(to).scale?.(to.settings) ?? 0
  const bounds = comparisons.flatMap(([keyword, operator]) => {
    const bound = to.value[keyword]
    return typeof bound === 'number' ? [`v ${operator} ${bound}`] : []
  })
  const conditions = [`round(v, ${scale}) = v`, ...bounds].join(' and ')
  return `(select case when ${conditions} then trim_scale(v) end from (select ${number} as v) n)`
}
