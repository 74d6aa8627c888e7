import {
  asText,
  type Entity,
  type FeelType,
  type Field,
  feelTypes,
  fieldScope,
  queryScope,
  type Scope,
  scopeOf,
} from '@heddle/metadata'
import { fieldAccess, grantFor } from './grant.ts'
import type { Reader } from './reader.ts'

/**
 * The names that a reader's own expressions on records may use: the fields they may read, also through lookups and in
 * lines, and `user`. What is denied is not there, so nothing can be found out through it.
 */
export function readableScope(reader: Reader, entity: Entity): Scope {
  const fields = fieldsScope(reader, entity, 0)
  const user = queryScope(reader.release, entity).resolve('user')
  return {
    names: () => [...fields.names(), 'user'],
    resolve: (name) => (name === 'user' ? user : fields.resolve(name)),
  }
}

/** The names that the entity's own rules may use as far as the reader may read them: besides those above, `old`. */
export function readableRuleScope(reader: Reader, entity: Entity): Scope {
  const own = readableScope(reader, entity)
  const old: FeelType = { kind: 'context', fields: fieldsScope(reader, entity, 0) }
  return {
    names: () => [...own.names(), 'old'],
    resolve: (name) => (name === 'old' ? old : own.resolve(name)),
  }
}

function fieldsScope(reader: Reader, entity: Entity, depth: number): Scope {
  const grant = grantFor(reader.release, reader.actor, entity)
  const whole = fieldScope(reader.release, entity, depth)
  const isReadable = (name: string) => fieldAccess(grant, name) !== 'none'
  const resolve = (name: string): FeelType | undefined => {
    const type = isReadable(name) ? whole.resolve(name) : undefined
    const field = entity.fields.get(name)
    return type === undefined || field === undefined ? type : restrictType(reader, field, type, depth)
  }
  return { names: () => whole.names().filter((name) => resolve(name) !== undefined), resolve }
}

/** The type of a field as far as the reader may read the entity behind it: of others only that there is one. */
function restrictType(reader: Reader, field: Field, type: FeelType, depth: number): FeelType | undefined {
  const target = reader.release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined) return type
  const isReadable = grantFor(reader.release, reader.actor, target).verbs.has('read')
  const fields = isReadable ? fieldsScope(reader, target, depth + 1) : scopeOf({ id: feelTypes.id })
  if (type.kind === 'context') return { ...type, fields }
  if (type.kind !== 'list' || type.of.kind !== 'context') return type
  return isReadable ? { kind: 'list', of: { ...type.of, fields } } : undefined
}
