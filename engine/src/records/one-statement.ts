import { type Entity, feedsOf, linesFields, numberedFields, type Release } from '@heddle/metadata'
import { linkFields } from '../field-types/link-tables.ts'
import { blocksDuplicates } from './duplicates.ts'
import { hasFiles } from './file-links.ts'
import { pendingFields } from './pending-fields.ts'
import { standsInLines } from './raise-parents.ts'

/**
 * True when such a write touches nothing but the record's own row, so that one statement does; otherwise it needs a
 * transaction: for lines, links and files, for kept fields that the record decides, for numbers without holes, for rules
 * that block duplicates, for the version of those whose line it is.
 */
export function isOneStatement(release: Release, entity: Entity, write: 'create' | 'update'): boolean {
  if (standsInLines(release, entity)) return false
  if (decidesKept(release, entity, write) || hasFiles(entity) || blocksDuplicates(entity)) return false
  const others = linesFields(entity).length + linkFields(entity).length
  return write === 'update' || (others === 0 && !hasGaplessNumbers(entity))
}

/** A new record decides no field of those that look it up: none does yet. */
function decidesKept(release: Release, entity: Entity, write: 'create' | 'update'): boolean {
  return feedsOf(release, entity).some(({ place }) => write === 'update' || place.hops.at(-1)?.kind !== 'lookup')
}

/** True when new records are rows of one table and nothing else, so that one statement inserts many. */
export function isOneRow(entity: Entity): boolean {
  const isAlone = linesFields(entity).length + linkFields(entity).length === 0 && !hasFiles(entity)
  return isAlone && pendingFields(entity, [...entity.fields.values()]).length === 0
}

function hasGaplessNumbers(entity: Entity): boolean {
  return numberedFields(entity).some(({ numbering }) => !numbering.hasGaps)
}
