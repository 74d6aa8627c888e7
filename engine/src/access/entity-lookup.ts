import {
  type Entity,
  type FeelKind,
  type Field,
  isComputed,
  nearest,
  systemFields,
  toPointer,
  valueTypeOf,
} from '@heddle/metadata'
import { unknownEntity, unknownField, unsuitedField } from '../errors.ts'
import { fieldAccess, type Grant, grantFor } from './grant.ts'
import type { Reader } from './reader.ts'

/** The entity of that name or deprecated alias. @throws Fault 404 with the nearest name among those the reader may use */
export function findEntity({ release, actor }: Reader, name: string): Entity {
  const entity = release.entity(name)
  if (entity !== undefined) return entity
  const usable = release.entityNames.filter((known) => {
    const each = release.entity(known)
    return each !== undefined && grantFor(release, actor, each).verbs.size > 0
  })
  throw unknownEntity(name, nearest(name, usable))
}

/** SQL types of the columns every record has and everyone may read. */
export const systemColumnTypes: { readonly [name: string]: string } = {
  id: 'uuid',
  version: 'integer',
  owner_id: 'uuid',
  department_id: 'uuid',
  created_at: 'timestamptz',
  created_by: 'uuid',
  updated_at: 'timestamptz',
  updated_by: 'uuid',
  deleted_at: 'timestamptz',
}

/** A column that can be read, filtered and sorted: a field's, or one that every record has. */
export interface Column {
  readonly name: string
  readonly column: string
  /** Undefined for system columns. */
  readonly field: Field | undefined
  /** False when the database guarantees a value. */
  readonly isNullable: boolean
}

const neverNull: ReadonlySet<string> = new Set(['id', 'version', 'created_at', 'updated_at'])

/**
 * The readable column of that name or deprecated alias; `given` is where the name was given, and what else could have
 * been meant there.
 * @throws Fault 422 for unknown and for denied fields alike
 */
export function findColumn(
  entity: Entity,
  grant: Grant,
  name: string,
  given: { readonly path?: string; readonly others?: readonly string[] } = {},
): Column {
  const field = entity.fields.get(entity.aliases.get(name) ?? name)
  if (field !== undefined && fieldAccess(grant, field.name) !== 'none') {
    return { name, column: field.column, field, isNullable: !field.isRequired || isComputed(field) }
  }
  if (Object.hasOwn(systemColumnTypes, name)) {
    return { name, column: name, field: undefined, isNullable: !neverNull.has(name) }
  }
  const readable = [...entity.fields.keys()].filter((known) => fieldAccess(grant, known) !== 'none')
  const near = nearest(name, [...readable, ...systemFields, ...(given.others ?? [])])
  throw unknownField(name, entity.name, { path: given.path ?? toPointer([name]), near })
}

const manifold: ReadonlySet<FeelKind> = new Set(['none', 'group', 'address', 'records', 'texts'])

/** The same column when it holds single values, which a list can be sorted by. @throws Fault 422 */
export function findSingle(entity: Entity, grant: Grant, name: string): Column {
  const column = findColumn(entity, grant, name, { path: '/sort' })
  if (column.field !== undefined && manifold.has(valueTypeOf(column.field).feel)) throw unsuitedField(name, entity.name)
  return column
}
