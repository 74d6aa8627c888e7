import { type Entity, linesFields, numberedFields, type Release, rollupsFrom } from '@heddle/metadata'
import { linkFields } from '../field-types/link-tables.ts'
import { blocksDuplicates } from './duplicates.ts'
import { hasFiles } from './file-links.ts'

/**
 * True when such a write touches nothing but the record's own row, so that one statement does; otherwise it needs a
 * transaction: for lines, links and files, for roll-ups that the record feeds, for numbers without holes, for rules
 * that block duplicates.
 */
export function isOneStatement(release: Release, entity: Entity, write: 'create' | 'update'): boolean {
  if (rollupsFrom(release, entity).length > 0 || hasFiles(entity) || blocksDuplicates(entity)) return false
  const others = linesFields(entity).length + linkFields(entity).length
  return write === 'update' || (others === 0 && !hasGaplessNumbers(entity))
}

/** True when new records are rows of one table and nothing else, so that one statement inserts many. */
export function isOneRow(entity: Entity): boolean {
  return linesFields(entity).length + linkFields(entity).length === 0 && !hasFiles(entity) && entity.pending.size === 0
}

function hasGaplessNumbers(entity: Entity): boolean {
  return numberedFields(entity).some(({ numbering }) => !numbering.hasGaps)
}
