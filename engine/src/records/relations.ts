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
import { linkFields } from '../field-types/link-tables.ts'

/** What a record leads to, as far as its reader may follow. */
export type Relation =
  /** The record that a lookup points to. */
  | { readonly kind: 'one'; readonly target: Entity; readonly column: string }
  /** Its lines, shown under the field's own name. */
  | { readonly kind: 'lines'; readonly target: Entity; readonly by: Field }
  /** Records whose lookup points here. */
  | { readonly kind: 'many'; readonly target: Entity; readonly by: Field }
  /** Records that a field links to, or whose field links here. */
  | {
      readonly kind: 'linked'
      readonly target: Entity
      readonly links: { readonly entity: Entity; readonly field: Field }
      readonly from: 'source' | 'target'
    }
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
  return fieldAccess(grant, name) === 'none' ? undefined : fieldRelation(reader, entity, field)
}

/** The names of all relations that the reader may follow. */
export function relationNames(reader: Reader, entity: Entity): string[] {
  const inverses = inversesOf(reader.release, entity).map(({ name }) => name)
  return [...entity.fields.keys(), ...systemFields, ...inverses].filter(
    (name) => findRelation(reader, entity, name) !== undefined,
  )
}

/** The lines field's relation to its child records; undefined when the reader may not see them. */
export function linesRelation(
  reader: Reader,
  entity: Entity,
  field: Field,
): Extract<Relation, { kind: 'lines' }> | undefined {
  const relation = fieldRelation(reader, entity, field)
  return relation?.kind === 'lines' ? relation : undefined
}

function fieldRelation(reader: Reader, entity: Entity, field: Field): Relation | undefined {
  const { column } = field
  const directory = columnOf(field)?.directory
  if (directory !== undefined) return { kind: 'directory', directory, column }
  const target = reader.release.entity(asText(field.settings.entity) ?? '')
  if (target === undefined || !mayRead(reader, target)) return undefined
  if (fieldTypeOf(field.type).source === 'links') {
    return { kind: 'linked', target, links: { entity, field }, from: 'source' }
  }
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
  const { target, by } = found
  if (fieldAccess(grantFor(reader.release, reader.actor, target), by.name) === 'none') return undefined
  return fieldTypeOf(by.type).source === 'links'
    ? { kind: 'linked', target, links: { entity: target, field: by }, from: 'target' }
    : { kind: 'many', target, by }
}

function inversesOf(release: Release, entity: Entity): { name: string; target: Entity; by: Field }[] {
  return [...release.referencesTo(entity.name), ...linksTo(release, entity)].flatMap(
    ({ entity: target, field: by }) => {
      const name = asText(by.settings.inverse)
      return name === undefined ? [] : [{ name, target, by }]
    },
  )
}

const linking = new WeakMap<Release, readonly { readonly entity: Entity; readonly field: Field }[]>()

/** The fields of all entities that link to this one. */
function linksTo(release: Release, { name }: Entity) {
  const all =
    linking.get(release) ??
    release.entityNames.flatMap((each) => {
      const entity = release.entity(each)
      return entity === undefined ? [] : linkFields(entity).map((field) => ({ entity, field }))
    })
  linking.set(release, all)
  return all.filter(({ field }) => field.settings.entity === name)
}

function mayRead({ release, actor }: Reader, entity: Entity): boolean {
  return grantFor(release, actor, entity).verbs.has('read')
}
