import type { Clock, Entity, JsonObject } from '@heddle/metadata'
import type { Reader } from '../access/reader.ts'
import { rowsSql } from '../access/row-access.ts'
import { type RecordPlace, userValues } from '../filters/record-resolver.ts'
import { clockPlaceholders, clockValues } from '../filters/sql-clock.ts'
import { clockOf } from './clock.ts'

/** Where a kept statement works expressions out: the moment and the actor are places in it. */
export function placeOf({ release }: Reader, entity: Entity, alias: string): RecordPlace {
  return { release, clock: clockPlaceholders, entity, alias, composed: new Map() }
}

/** The same for a reader's own expressions: they look at no record that the reader may not see. */
export function ownPlaceOf(reader: Reader, entity: Entity, alias: string): RecordPlace {
  const isVisible: RecordPlace['isVisible'] = (target, at) => rowsSql(reader, target, 'read', at)
  return { ...placeOf(reader, entity, alias), isVisible }
}

/**
 * The values of those places for one request. They are worked out when a statement has the place, for all statements of
 * the request at the same moment.
 */
export function surroundingValues(
  { release, actor }: Reader,
  moment: Clock = clockOf(release),
): Readonly<Record<string, unknown>> {
  let known: Readonly<Record<string, string>> | undefined
  const clock = (name: string) => () => {
    known ??= clockValues(moment)
    return known[name]
  }
  return {
    clock_today: clock('clock_today'),
    clock_now: clock('clock_now'),
    clock_zone: clock('clock_zone'),
    ...userValues(actor),
  }
}

/** What expressions in memory know besides a record: the person who acts, and the moment. */
export function surroundingsOf({ reader, clock }: { readonly reader: Reader; readonly clock: Clock }): {
  readonly user: JsonObject
  readonly clock: Clock
} {
  const { id, name, roles, departmentId, managerId } = reader.actor
  return { user: { id, name, roles: [...roles], department: departmentId ?? null, manager: managerId ?? null }, clock }
}
