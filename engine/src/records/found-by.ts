import type { Entity } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { fieldAccess, type Grant } from '../access/grant.ts'
import { fieldMark } from '../search/field-mark.ts'
import { searchCondition, searchConditionWithin } from '../search/search-query.ts'
import type { Condition } from '../storage/condition.ts'

/**
 * The records that hold all words. Where some of the searched fields are denied, the words must stand in the others: no
 * search may find out what is denied.
 */
export function foundBy(entity: Entity, grant: Grant, text: string, alias: string): Condition {
  const denied = new Set(marksOf(entity, (name) => fieldAccess(grant, name) === 'none'))
  if (denied.size === 0) return searchCondition(text, alias)
  const seen = marksOf(entity, (name) => fieldAccess(grant, name) !== 'none').filter((mark) => !denied.has(mark))
  if (seen.length === 0) return { shape: 'nothing', sql: sql`false`, values: {} }
  return searchConditionWithin(text, alias, seen)
}

function marksOf(entity: Entity, isWanted: (name: string) => boolean): number[] {
  return entity.search.filter(isWanted).flatMap((name) => {
    const field = entity.fields.get(name)
    return field === undefined ? [] : [fieldMark(field.id)]
  })
}
