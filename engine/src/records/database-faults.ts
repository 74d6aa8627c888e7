import type { Entity, Field, Release } from '@heddle/metadata'
import { toldTo } from '../access/language.ts'
import type { Reader } from '../access/reader.ts'
import { duplicateValue, Fault, invalidRecord, missingReference, referencedRecord } from '../errors.ts'
import { constraintsOf } from '../publish/steps/constraints.ts'
import { sqlState } from '../storage/in-transaction.ts'

/** What a database error means for the record being written, told to its writer; any other error stays what it is. */
export function recordFault(error: unknown, reader: Reader, entity: Entity): unknown {
  if (error instanceof Fault) return error
  const explain = explanations[sqlState(error) ?? '']
  return explain === undefined ? error : (explain(error, reader, toldTo(reader, entity)) ?? error)
}

/** The fault of a unique field whose value another record has; the field is undefined when nobody knows it any more. */
export function duplicateField(entity: Entity, field: Field | undefined): Fault {
  const path = field === undefined ? '' : `/${field.name}`
  const message = `“${field?.title ?? entity.title}” has a value that another record has already; it must be unique.`
  return duplicateValue([{ path, code: 'value.unique', message }], { entity: entity.name, field: field?.name })
}

/** The fault of a record that must stay because records of `from` point to it. */
export function pointedAt(reader: Reader, from: Entity, field: Field): Fault {
  const told = toldTo(reader, from)
  return referencedRecord(told, told.fields.get(field.name) ?? field)
}

type Explain = (error: unknown, reader: Reader, entity: Entity) => Fault | undefined

const explanations: { readonly [state: string]: Explain } = {
  '23505': (error, { release }, entity) => {
    const path = constraintPath(error, release, entity)
    return duplicateField(entity, entity.fields.get(path.slice(1)))
  },
  '23503': (error, reader, entity) => {
    const path = constraintPath(error, reader.release, entity)
    if (path !== '') return missingReference(path, 'There is no such record.')
    const pointing = reader.release
      .referencesTo(entity.name)
      .find(({ entity: from, field }) => constraintPath(error, reader.release, from) === `/${field.name}`)
    return pointing && pointedAt(reader, pointing.entity, pointing.field)
  },
  '23514': (error, { release }, entity) => {
    const path = constraintPath(error, release, entity)
    const changing = [...entity.fields.values()].find((field) => field.id === property(error, 'column_name'))
    return changing === undefined
      ? invalidRecord([{ path, code: 'value.required', message: 'A required value is missing.' }])
      : invalidRecord([{ path: `/${changing.name}`, code: 'value.type', message: String(property(error, 'message')) }])
  },
  '22003': (_error, _reader, entity) =>
    invalidRecord([{ path: '', code: 'value.range', message: `A number of “${entity.title}” is out of range.` }]),
  '22P02': () => invalidRecord([{ path: '', code: 'value.format', message: 'A value has the wrong form.' }]),
  '22021': () =>
    invalidRecord([{ path: '', code: 'value.format', message: 'A text holds a character that cannot be stored.' }]),
  '22P05': () =>
    invalidRecord([{ path: '', code: 'value.format', message: 'A text holds a character that cannot be stored.' }]),
  '22008': () => invalidRecord([{ path: '', code: 'value.format', message: 'A date or time is out of range.' }]),
  '22007': () => invalidRecord([{ path: '', code: 'value.format', message: 'A date or time has the wrong form.' }]),
}

/** The JSON Pointer of the field that a violated constraint belongs to, empty when it is none of this entity's. */
function constraintPath(error: unknown, release: Release, entity: Entity): string {
  const name = property(error, 'constraint_name')
  const constraint = constraintsOf(entity, (target) => release.entity(target)?.table).find((each) => each.name === name)
  return constraint?.path.replace('/properties', '') ?? ''
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
}
