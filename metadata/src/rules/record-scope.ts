import { decimalNumber, type FeelType, feelTypes, listOf, type Scope, scopeOf } from '../expressions/types.ts'
import type { FeelKind } from '../field-types/define-field-type.ts'
import { valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'

/** Paths lead at most through this many lookups. */
const longestPath = 3

const systemScope = scopeOf({
  id: feelTypes.id,
  version: decimalNumber(0),
  owner_id: feelTypes.id,
  department_id: feelTypes.id,
  created_at: feelTypes.datetime,
  created_by: feelTypes.id,
  updated_at: feelTypes.datetime,
  updated_by: feelTypes.id,
  deleted_at: feelTypes.datetime,
})

/** What expressions know of the person who acts. */
const userType: FeelType = {
  kind: 'context',
  identity: 'id',
  fields: scopeOf({
    id: feelTypes.id,
    name: feelTypes.text,
    roles: listOf(feelTypes.text),
    department: feelTypes.id,
    manager: feelTypes.id,
  }),
}

/**
 * The names that expressions on a record may use: its fields, paths through lookups, and `old` and `user`. Of the record
 * before a change its own fields are known: lookups as ids, no lines.
 */
export function recordScope(release: Release, entity: Entity): Scope {
  const old: FeelType = { kind: 'context', fields: fieldScope(release, entity, longestPath) }
  return joinedScope(scopeOf({ old }), queryScope(release, entity))
}

/**
 * The names that a person's questions on records may use, as in views: fields, paths and `user`; of no entity in
 * particular, what every record has.
 */
export function queryScope(release: Release, entity: Entity | undefined): Scope {
  return joinedScope(scopeOf({ user: userType }), entity === undefined ? systemScope : fieldScope(release, entity))
}

function joinedScope(first: Scope, second: Scope): Scope {
  const names = () => [...second.names(), ...first.names()]
  return { names, resolve: (name) => first.resolve(name) ?? second.resolve(name) }
}

/** The fields of an entity as a scope, without `old` and `user`: what a query knows of a record. */
export function fieldScope(release: Release, entity: Entity, depth = 0): Scope {
  return scopeOfNames([...entity.fields.keys(), ...systemScope.names()], (name) => {
    const field = entity.fields.get(name)
    return field === undefined ? systemScope.resolve(name) : fieldType(release, field, depth)
  })
}

/** The FEEL type of a field; undefined for what cannot stand in an expression. */
export function fieldType(release: Release, field: Field, depth = 0): FeelType | undefined {
  return feelTypesOf[valueTypeOf(field).feel](field, release, depth)
}

/** The types of which a formula or default of a field must have one; none when any will do. */
export function expectedTypes(release: Release, field: Field): readonly FeelType[] {
  const { feel } = valueTypeOf(field)
  return feel === 'duration' ? durations : [fieldType(release, field) ?? []].flat()
}

/** Which of the two a duration is only its value tells, so a field of them cannot stand in an expression. */
const durations = [feelTypes.daysDuration, feelTypes.monthsDuration]

type TypeOf = (field: Field, release: Release, depth: number) => FeelType | undefined

const optionType: TypeOf = ({ options, choices, settings }) => {
  const parents = new Map([...choices].flatMap(([key, { parent }]) => (parent === undefined ? [] : [[key, parent]])))
  const ordered = settings.ordered === true
  return { kind: 'option', options, ordered, ...(parents.size > 0 && { parents }) }
}

const feelTypesOf: { readonly [K in FeelKind]: TypeOf } = {
  text: () => feelTypes.text,
  number: (field) => decimalNumber(valueTypeOf(field).scale?.(field.settings)),
  boolean: () => feelTypes.boolean,
  date: () => feelTypes.date,
  datetime: () => feelTypes.datetime,
  time: () => feelTypes.time,
  duration: () => undefined,
  option: optionType,
  texts: (field, release, depth) => listOf(optionTypeOf(field, release, depth)),
  reference: referenceType,
  records: childrenType,
  group: (field, release, depth) => ({
    kind: 'context',
    fields: scopeOfNames([...field.fields.keys()], (name) => {
      const part = field.fields.get(name)
      return part === undefined ? undefined : fieldType(release, part, depth)
    }),
  }),
  address: (field, release, depth) => ({
    kind: 'context',
    level: 'region',
    fields: scopeOf({ region: optionTypeOf(field, release, depth), text: feelTypes.text, postcode: feelTypes.text }),
  }),
  none: () => ({ kind: 'unknown' }),
}

function optionTypeOf(field: Field, release: Release, depth: number): FeelType {
  return (field.options.length > 0 && optionType(field, release, depth)) || feelTypes.text
}

/** A lookup is the record it points to, while the path is short enough; a person or department is an id. */
function referenceType(field: Field, release: Release, depth: number): FeelType | undefined {
  const target = release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined || depth >= longestPath) return feelTypes.id
  return { kind: 'context', identity: 'id', fields: fieldScope(release, target, depth + 1) }
}

function childrenType(field: Field, release: Release, depth: number): FeelType | undefined {
  const child = release.entity(asText(field.settings.entity) ?? '')
  if (child === undefined || depth > 0) return undefined
  return listOf({ kind: 'context', fields: fieldScope(release, child, depth + 1) })
}

function scopeOfNames(names: readonly string[], resolve: (name: string) => FeelType | undefined): Scope {
  return { names: () => names.filter((name) => resolve(name) !== undefined), resolve }
}
