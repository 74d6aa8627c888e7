import { referencesOf } from '../expressions/check-expression.ts'
import { type TypedExpression, walkExpression } from '../expressions/typed-expression.ts'
import { fieldTypeOf, valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import { systemFields } from '../names.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { isStored } from './computed-fields.ts'
import { formulaOf } from './formula-of.ts'

/** A step from a record to others: to the one that its lookup points to, or to those whose lookup points to it. */
export interface Hop {
  readonly kind: 'lookup' | 'inverse'
  readonly from: Entity
  /** The lookup: of `from`, or of `to` for the inverse. */
  readonly field: Field
  readonly to: Entity
}

/** Fields that decide a value, and the way from its record to the records that have them. */
export interface ReadPlace {
  /** Empty for the record's own fields. */
  readonly hops: readonly Hop[]
  /** Names of columns: fields, system ones included. */
  readonly names: ReadonlySet<string>
}

/** What decides a value besides the columns of records. */
export type Surrounding = 'time' | 'user' | 'old' | 'links'

/** What decides the value of an expression on a record. */
export interface Reads {
  /** The record itself first, whether or not anything is read of it. */
  readonly places: readonly ReadPlace[]
  /** Each with the formula that reads it, e.g. `author.age`; undefined when the expression itself does. */
  readonly around: ReadonlyMap<Surrounding, string | undefined>
}

/**
 * What an expression in the scope of an entity's records reads. Formulas are followed to what they read; those that are
 * stored, and roll-ups, are columns like others.
 */
export function readsOf(release: Release, entity: Entity, expression: TypedExpression): Reads {
  const places = new Map<string, { hops: readonly Hop[]; names: Set<string> }>()
  const around = new Map<Surrounding, string | undefined>()
  const placeAt = ({ hops }: Position) => {
    const key = wayOf(hops)
    const place = places.get(key) ?? { hops, names: new Set() }
    places.set(key, place)
    return place
  }
  const reading: Reading = {
    release,
    enter: (at) => void placeAt(at),
    read: (at, name) => void placeAt(at).names.add(name),
    note: (what, { formulas }) => {
      if (!around.has(what)) around.set(what, formulas.at(-1))
    },
  }
  const start = { entity, hops: [], formulas: [] }
  reading.enter(start)
  collect(reading, start, expression)
  return { places: [...places.values()], around }
}

/** A way as text, the same for the same steps. */
export function wayOf(hops: readonly Hop[]): string {
  return hops.map(({ kind, from, field, to }) => `${kind} ${from.name} ${field.name} ${to.name}`).join(', ')
}

/** Where the reading has come to, and through which formulas. */
interface Position {
  readonly entity: Entity
  readonly hops: readonly Hop[]
  readonly formulas: readonly string[]
}

interface Reading {
  readonly release: Release
  readonly enter: (at: Position) => void
  readonly read: (at: Position, name: string) => void
  readonly note: (what: Surrounding, at: Position) => void
}

function collect(reading: Reading, at: Position, expression: TypedExpression): void {
  for (const node of walkExpression(expression)) {
    if (node.node === 'call' && (node.row === 'today' || node.row === 'now')) reading.note('time', at)
  }
  for (const path of referencesOf(expression)) follow(reading, at, path)
}

function follow(reading: Reading, at: Position, [name = '', ...rest]: readonly string[]): void {
  const field = at.entity.fields.get(name)
  const source = field && fieldTypeOf(field.type).source
  const isFormula = field !== undefined && !isStored(field) && asText(field.settings.expression) !== undefined
  if (field === undefined) followSurrounding(reading, at, name)
  else if (source === 'links') reading.note('links', at)
  else if (source === 'children') followLines(reading, at, field, rest)
  else if (isFormula) followFormula(reading, at, field)
  else followColumn(reading, at, field, rest)
}

/** A column of the record itself; a lookup leads on to the record it points to, unless only its id is asked for. */
function followColumn(reading: Reading, at: Position, field: Field, rest: readonly string[]): void {
  reading.read(at, field.name)
  if (rest.length === 0 || rest.join() === 'id' || valueTypeOf(field).feel !== 'reference') return
  const to = reading.release.entity(asText(field.settings.entity) ?? '')
  if (to !== undefined) follow(reading, after(at, { kind: 'lookup', from: at.entity, field, to }), rest)
}

function followSurrounding(reading: Reading, at: Position, name: string): void {
  if (name === 'user' || name === 'old') reading.note(name, at)
  else if (systemFields.some((system) => system === name)) reading.read(at, name)
}

/** Which lines there are, and in which order, counts as well as what they hold. */
function followLines(reading: Reading, at: Position, { settings }: Field, rest: readonly string[]): void {
  const to = reading.release.entity(asText(settings.entity) ?? '')
  const by = to?.fields.get(asText(settings.by) ?? '')
  if (to === undefined || by === undefined) return
  const lines = after(at, { kind: 'inverse', from: at.entity, field: by, to })
  for (const name of [by.name, 'deleted_at', '_position']) reading.read(lines, name)
  if (rest.length > 0) follow(reading, lines, rest)
}

function followFormula(reading: Reading, at: Position, field: Field): void {
  const formula = `${at.entity.name}.${field.name}`
  if (at.formulas.includes(formula)) return
  // A formula of constants reads nothing, but counts when it changes.
  reading.enter(at)
  const expression = formulaOf(reading.release, at.entity, field)
  if (expression !== undefined) collect(reading, { ...at, formulas: [...at.formulas, formula] }, expression)
}

function after(at: Position, hop: Hop): Position {
  return { ...at, entity: hop.to, hops: [...at.hops, hop] }
}
