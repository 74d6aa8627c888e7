import {
  asText,
  baseAmount,
  checkExpression,
  type Entity,
  type Field,
  fieldScope,
  type Release,
  timeZoneOf,
  valueTypeOf,
} from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnOf } from '../field-types/index.ts'
import { compileSql } from './compile-sql.ts'
import type { SqlResolver } from './compiling.ts'
import { columnSql } from './record-tables.ts'
import { clockLiterals } from './sql-clock.ts'

/** Where expressions over the own fields of a record are compiled. */
export interface OwnFields {
  readonly release: Release
  readonly entity: Entity
  /** The alias under which the statement knows the record. */
  readonly alias: string
}

/** Finds a record's own fields: columns, parts of groups, formulas worked out in place, amounts in the company's currency. */
export function ownFields(place: OwnFields): SqlResolver {
  return {
    column: (path) => compilePath(place, path),
    rows: (path) => {
      throw new Error(`“${path.join('.')}” is not one of the record's own values.`)
    },
  }
}

/** The clock of expressions that do not ask for the time, only for the company's zone. */
export function timelessClock(release: Release) {
  return { now: new Date(0), timeZone: timeZoneOf(release) }
}

function compilePath(place: OwnFields, [name = '', part]: readonly string[]): SQL {
  const field = place.entity.fields.get(name)
  if (field === undefined) return compileOther(place, name)
  const inner = part === undefined ? undefined : field.fields.get(part)
  if (inner !== undefined) return compilePart(columnSql(place.alias, field.column), inner)
  const formula = asText(field.settings.expression)
  return formula === undefined ? columnSql(place.alias, field.column) : compileFormula(place, field, formula)
}

function compileOther(place: OwnFields, name: string): SQL {
  const amount = baseAmount(place.entity, name)
  if (amount === undefined) return columnSql(place.alias, name)
  const rate = sql`coalesce(${compilePath(place, ['rate'])}, 1)`
  return rounded(amount, sql`${compilePath(place, [amount.name])} * ${rate}`)
}

function compilePart(group: SQL, part: Field): SQL {
  return sql`(${group} ->> ${part.name}::text)::${sql.raw(columnOf(part.type)?.sqlType(part) ?? 'text')}`
}

function compileFormula(place: OwnFields, field: Field, text: string): SQL {
  const { release, entity } = place
  const checked = checkExpression(text, fieldScope(release, entity))
  if (!checked.ok) return sql`null`
  return rounded(field, compileSql(checked.expression, ownFields(place), clockLiterals(timelessClock(release))))
}

function rounded(field: Field, value: SQL): SQL {
  const scale = valueTypeOf(field).scale?.(field.settings)
  return scale === undefined ? value : sql`round((${value})::numeric, ${scale}::int)`
}
