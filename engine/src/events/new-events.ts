import { asObject, type JsonObject } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'

/**
 * How far a follower of events has come. Events are taken in windows of transactions that have all ended: those with an
 * xid from `xmin` on are to come. None of them has an id up to `floor`, which keeps the windows cheap to find.
 */
export interface Position {
  readonly xmin: string
  readonly floor: string
}

/** An event as followers get it. */
export interface NewEvent {
  /** The entity's x-id. */
  readonly entity: string
  readonly record: string
  readonly kind: string
  readonly at: string
  readonly by: string | null
  readonly delta: JsonObject
}

/** One window of events. */
export interface Window {
  /** In their order; undefined when there are too many to tell one by one. */
  readonly events: readonly NewEvent[] | undefined
  /** Where the next window begins. */
  readonly xmin: string
  /** The first transaction that had not begun. */
  readonly xmax: string
  /** The highest id there is. */
  readonly last: string
}

/** A window tells this many events; beyond it followers had better read again what they show. */
const maximumEvents = 1_000

/**
 * Where following begins: with the transactions that have not ended. Ids of a transaction that has already written for
 * longer than ten minutes may lie below the floor.
 */
export async function findPosition(connection: Connection): Promise<Position> {
  const [row] = await connection<Position[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, coalesce(
      (select id from heddle.event where at < now() - interval '10 minutes' order by id desc limit 1), 0
    )::text as floor`
  return row ?? { xmin: '0', floor: '0' }
}

/** Reads the window from the position, up to `until` or to the first transaction that has not ended. */
export async function readWindow(connection: Connection, { xmin, floor }: Position, until?: string): Promise<Window> {
  const rows = await connection<(Omit<Window, 'events'> & { event: string | null })[]>`
    with bounds as (
      select coalesce(${until ?? null}::text::xid8, pg_snapshot_xmin(pg_current_snapshot())) as xmin,
        pg_snapshot_xmax(pg_current_snapshot()) as xmax
    )
    select b.xmin::text, b.xmax::text, coalesce((select max(id) from heddle.event), 0)::text as last, e.event::text
    from bounds b left join lateral (
      select json_build_object('entity', entity, 'record', record, 'kind', kind, 'at', at, 'by', actor, 'delta', delta) as event
      from heddle.event where id > ${floor}::bigint and xid >= ${xmin}::text::xid8 and xid < b.xmin
      order by id limit ${maximumEvents + 1}
    ) e on true`
  const [first] = rows
  if (first === undefined) throw new Error('The window of events has no bounds.')
  const events = rows.flatMap(({ event }): NewEvent[] => (event === null ? [] : [parseEvent(event)]))
  const { xmin: next, xmax, last } = first
  return { events: events.length > maximumEvents ? undefined : events, xmin: next, xmax, last }
}

function parseEvent(text: string): NewEvent {
  const event: NewEvent = JSON.parse(text)
  return { ...event, delta: asObject(event.delta) }
}
