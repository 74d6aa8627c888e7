import { type Entity, nearest, systemFields } from '@heddle/metadata'
import { fieldAccess, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { includeTooWide, unknownInclude } from '../errors.ts'
import { hasColumn, hasValue } from '../field-types/index.ts'
import type { IncludePart } from './include-request.ts'
import { findRelation, type Relation, relationNames } from './relations.ts'

/** A relation that is shown, and what of the records at its end. */
export interface Included {
  readonly relation: Relation
  readonly shown: Shown
}

/** What is shown of records: all of their fields, or only the named ones, and relations by name. */
export interface Shown {
  readonly only: readonly string[] | undefined
  readonly includes: ReadonlyMap<string, Included>
}

/** A relation to several records shows this many, or hardly ever more lines. */
const mostOfOne = 50
const mostShown = 600_000
/** PostgreSQL plans 40 joined tables in a third of a second, 80 in five. */
const mostJoined = 40

/** What is included with each of up to `count` records. @throws Fault 422 with the nearest name, or when that is too much */
export function includesOf(
  reader: Reader,
  entity: Entity,
  { parts, count }: { readonly parts: readonly IncludePart[]; readonly count: number },
): Shown['includes'] {
  const includes = planIncludes(reader, entity, parts)
  if (countShown(includes, count) > mostShown) throw includeTooWide(mostShown, 'records at once')
  if (countJoined(reader, includes) > mostJoined) throw includeTooWide(mostJoined, 'tables joined together')
  return includes
}

/** How many records the relations of `count` records can show. */
function countShown(includes: Shown['includes'], count: number): number {
  let shown = 0
  for (const { relation, shown: inner } of includes.values()) {
    const ends = relation.kind === 'one' || relation.kind === 'directory' ? count : count * mostOfOne
    shown += ends + countShown(inner.includes, ends)
  }
  return shown
}

/** How many tables are joined together at most: relations to several records are queries of their own. */
function countJoined(reader: Reader, includes: Shown['includes']): number {
  let most = 0
  const joinedBy = (shown: Shown['includes']): number => {
    let joined = 0
    for (const included of shown.values()) {
      const inner = lookupsShown(reader, included) + joinedBy(included.shown.includes)
      if (included.relation.kind === 'one') joined += 1 + inner
      else most = Math.max(most, inner)
    }
    return joined
  }
  return Math.max(joinedBy(includes), most)
}

/** How many lookups the included records show with no more than their label. */
function lookupsShown({ release }: Reader, { relation, shown }: Included): number {
  if (relation.kind === 'directory') return 0
  const names = shown.only ?? [...relation.target.fields.keys()]
  return names.filter((name) => {
    const field = relation.target.fields.get(name)
    const leads = field !== undefined && hasColumn(field) && release.entity(String(field.settings.entity)) !== undefined
    return leads && !shown.includes.has(name)
  }).length
}

function planIncludes(reader: Reader, entity: Entity, parts: readonly IncludePart[]): Shown['includes'] {
  return new Map(parts.map((part) => [part.name, planPart(reader, entity, part)]))
}

function planPart(reader: Reader, entity: Entity, { name, parts }: IncludePart): Included {
  const relation = findRelation(reader, entity, name)
  if (relation === undefined) throw unknownInclude(name, entity.name, nearest(name, relationNames(reader, entity)))
  if (parts === undefined) return { relation, shown: { only: undefined, includes: new Map() } }
  const [first] = parts
  if (relation.kind !== 'directory') return { relation, shown: planShown(reader, relation.target, parts) }
  throw unknownInclude(first?.name ?? '', name, undefined)
}

/** What stands in brackets: fields, those that name people with their label, and relations. */
function planShown(reader: Reader, entity: Entity, parts: readonly IncludePart[]): Shown {
  const grant = grantFor(reader.release, reader.actor, entity)
  const fields = [...entity.fields.values()].filter(
    (field) => hasValue(field) && fieldAccess(grant, field.name) !== 'none',
  )
  const readable: readonly string[] = [...fields.map((field) => field.name), ...systemFields]
  const isField = (part: IncludePart) => part.parts === undefined && readable.includes(part.name)
  const isPerson = ({ name }: IncludePart) => findRelation(reader, entity, name)?.kind === 'directory'
  const relations = parts.filter((part) => !isField(part) || isPerson(part))
  for (const { name } of relations) {
    if (findRelation(reader, entity, name) !== undefined) continue
    throw unknownInclude(name, entity.name, nearest(name, [...readable, ...relationNames(reader, entity)]))
  }
  return {
    only: ['id', ...parts.filter(isField).map((part) => part.name)],
    includes: planIncludes(reader, entity, relations),
  }
}
