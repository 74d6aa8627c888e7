import {
  asText,
  type Entity,
  type Field,
  fieldTypeOf,
  type Release,
  referencedEntities,
  systemFields,
} from '@heddle/metadata'
import { fieldAccess, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import type { Directory } from '../field-types/define-column.ts'
import { columnOf } from '../field-types/index.ts'

/** What a record leads to, as far as its reader may follow. */
export type Relation =
  /** The record that a lookup points to. */
  | { readonly kind: 'one'; readonly target: Entity; readonly column: string }
  /** Its lines, shown under the field's own name. */
  | { readonly kind: 'lines'; readonly target: Entity; readonly by: Field }
  /** Records whose lookup points here. */
  | { readonly kind: 'many'; readonly target: Entity; readonly by: Field }
  /** A person or department. */
  | { readonly kind: 'directory'; readonly directory: Directory; readonly column: string }

const systemDirectories: { readonly [column: string]: Directory } = {
  owner_id: 'user',
  created_by: 'user',
  updated_by: 'user',
  department_id: 'department',
}

/** The relation of that name; undefined when there is none or the reader may not follow it. */
export function findRelation(reader: Reader, entity: Entity, name: string): Relation | undefined {
  const field = entity.fields.get(name)
  if (field === undefined) return systemRelation(name) ?? inverseRelation(reader, entity, name)
  const grant = grantFor(reader.release, reader.actor, entity)
  return fieldAccess(grant, name) === 'none' ? undefined : fieldRelation(reader, field)
}

/** The names of all relations that the reader may follow. */
export function relationNames(reader: Reader, entity: Entity): string[] {
  const inverses = inversesOf(reader.release, entity).map(({ name }) => name)
  return [...entity.fields.keys(), ...systemFields, ...inverses].filter(
    (name) => findRelation(reader, entity, name) !== undefined,
  )
}

/** The lines field's relation to its child records; undefined when the reader may not see them. */
export function linesRelation(reader: Reader, field: Field): Extract<Relation, { kind: 'lines' }> | undefined {
  const relation = fieldRelation(reader, field)
  return relation?.kind === 'lines' ? relation : undefined
}

function fieldRelation(reader: Reader, field: Field): Relation | undefined {
  const { column } = field
  const directory = columnOf(field.type)?.directory
  if (directory !== undefined) return { kind: 'directory', directory, column }
  const target = reader.release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined || !mayRead(reader, target)) return undefined
  const by = target.fields.get(asText(field.settings.by) ?? '')
  if (fieldTypeOf(field.type).source === 'children') return by && { kind: 'lines', target, by }
  return referencedEntities(field).length === 1 ? { kind: 'one', target, column } : undefined
}

function systemRelation(column: string): Relation | undefined {
  const directory = systemDirectories[column]
  return directory && { kind: 'directory', directory, column }
}

function inverseRelation(reader: Reader, entity: Entity, name: string): Relation | undefined {
  const found = inversesOf(reader.release, entity).find((inverse) => inverse.name === name)
  if (found === undefined || !mayRead(reader, found.target)) return undefined
  const grant = grantFor(reader.release, reader.actor, found.target)
  if (fieldAccess(grant, found.by.name) === 'none') return undefined
  return { kind: 'many', target: found.target, by: found.by }
}

function inversesOf(release: Release, entity: Entity): { name: string; target: Entity; by: Field }[] {
  return release.referencesTo(entity.name).flatMap(({ entity: target, field: by }) => {
    const name = asText(by.settings.inverse)
    return name === undefined ? [] : [{ name, target, by }]
  })
}

function mayRead({ release, actor }: Reader, entity: Entity): boolean {
  return grantFor(release, actor, entity).verbs.has('read')
}
