import { type Entity, feedsOf, type KeptField, keptFields, type Release, timeZoneOf } from '@heddle/metadata'
import { allParents, recomputeSql } from '../filters/rollup-sql.ts'
import { workOutSql } from '../filters/work-out-sql.ts'
import { renderInline } from '../storage/statement.ts'

/**
 * The kept fields of records that exist which the next release has to work out: new and changed ones, those whose
 * formulas or conditions changed, and those that read such; each after those it reads.
 */
export function changedKept(live: Release, next: Release): KeptField[] {
  const changed = touchedKept(live, next).filter((kept) => isChanged(live, next, kept))
  // A new table has no records yet; one that was hidden has.
  return inOrder(next, withReaders(next, changed)).filter(
    ({ entity }) => live.storage.entities[entity.id] !== undefined,
  )
}

/** The kept fields of a release that may mean something else in another, because they read what differs, or read such. */
export function touchedKept(other: Release, release: Release): KeptField[] {
  const kept = keptFields(release)
  if (timeZoneOf(other) !== timeZoneOf(release) || !hasSameOptions(other, release)) return [...kept]
  const known = new Map<Entity, boolean>()
  const isTouched = (entity: Entity): boolean => {
    const touched = known.get(entity) ?? !isSame(other, release, entity)
    known.set(entity, touched)
    return touched
  }
  const touched = kept.filter(({ entity, places }) => [entity, ...entitiesIn(places)].some(isTouched))
  return [...withReaders(release, touched)]
}

/** Kept fields with those that read them, however far. */
function withReaders(release: Release, fields: readonly KeptField[]): ReadonlySet<KeptField> {
  const all = new Set(fields)
  // A set goes on to what is added while it is walked through.
  for (const kept of all) for (const reader of readersOf(release, kept)) all.add(reader)
  return all
}

function entitiesIn(places: KeptField['places']): Entity[] {
  return places.flatMap(({ hops }) => hops.map(({ to }) => to))
}

function hasSameOptions(other: Release, release: Release): boolean {
  return [...release.definitions].every(
    ([address, definition]) => definition.kind !== 'option-set' || other.definitions.get(address) === definition,
  )
}

function isSame(other: Release, release: Release, { id, body }: Entity): boolean {
  const there = other.entityById(id)
  return there?.body === body && other.storage.entities[id] === release.storage.entities[id]
}

function isChanged(live: Release, next: Release, kept: KeptField): boolean {
  const before = live.entityById(kept.entity.id)
  const known = before && keptFields(live, before).find(({ field }) => field.id === kept.field.id)
  return known === undefined || meaningOf(live, known) !== meaningOf(next, kept)
}

/** The same text while the field means the same, wherever jobs that fill others have come to. */
function meaningOf(release: Release, kept: KeptField): string {
  return renderInline(fillSql(release, kept, { isFilled: true }))
}

/** What fills the field in all records and returns the ids of those that change. */
export function fillStatement(release: Release, kept: KeptField): string {
  return renderInline(fillSql(release, kept))
}

function fillSql(release: Release, { entity, field, rollup }: KeptField, how: { readonly isFilled?: true } = {}) {
  if (rollup === undefined) return workOutSql(release, entity, [field], how)
  const group = { ...rollup, rollups: [rollup] }
  return recomputeSql(release, group, { ...allParents(group), ...how })
}

/** The kept fields that read this one. */
function readersOf(release: Release, { entity, field }: KeptField): KeptField[] {
  return feedsOf(release, entity).flatMap(({ kept, place }) => (place.names.has(field.name) ? [kept] : []))
}

/** The kept fields, each after those of them it reads. */
function inOrder(release: Release, fields: ReadonlySet<KeptField>): KeptField[] {
  const ordered: KeptField[] = []
  const seen = new Set<KeptField>()
  const visit = (kept: KeptField): void => {
    if (seen.has(kept)) return
    seen.add(kept)
    for (const reader of readersOf(release, kept)) visit(reader)
    ordered.unshift(kept)
  }
  for (const kept of fields) visit(kept)
  return ordered.filter((kept) => fields.has(kept))
}
