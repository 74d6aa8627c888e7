import { type Entity, linesFields, numberedFields, type Release, rollupsFrom } from '@heddle/metadata'
import { linkFields } from '../field-types/link-tables.ts'

/**
 * True when such a write touches nothing but the record's own row, so that one statement does; otherwise it needs a
 * transaction: for lines and links, for roll-ups that the record feeds, for numbers without holes.
 */
export function isOneStatement(release: Release, entity: Entity, write: 'create' | 'update'): boolean {
  if (rollupsFrom(release, entity).length > 0) return false
  const others = linesFields(entity).length + linkFields(entity).length
  return write === 'update' || (others === 0 && !hasGaplessNumbers(entity))
}

function hasGaplessNumbers(entity: Entity): boolean {
  return numberedFields(entity).some(({ numbering }) => !numbering.hasGaps)
}
