import { asObject, type JsonObject } from '@heddle/metadata'
import type { PageRequest } from '../http/page-request.ts'
import { brokenCursor, readCursor, writeCursor } from '../records/cursor.ts'
import type { Connection } from '../storage/connect.ts'

/** A person or key by id and name; the name is null when neither is known any more. */
export interface Author {
  readonly id: string
  readonly name: string | null
}

/** What happened to one record, as it is stored. */
export interface StoredEvent {
  readonly id: string
  readonly at: Date
  /** The same of all that one save did. */
  readonly transaction: string
  /** The entity's x-id. */
  readonly entity: string
  readonly record: string
  readonly kind: string
  readonly delta: JsonObject
  readonly cause: string | null
  readonly by: Author | null
  readonly comment: { readonly id: string; readonly text: string; readonly mentions: readonly Author[] } | null
}

/** A page of events, newest first. */
export interface EventPage {
  readonly events: readonly StoredEvent[]
  readonly next: string | null
}

/** Records whose events are wanted. */
export interface Subject {
  /** The entity's x-id. */
  readonly entity: string
  readonly record: string
}

/** Events of a kind that changes nothing of the record itself. */
export const commented = 'commented'

interface Row {
  readonly id: string
  readonly at: Date
  readonly transaction: string
  readonly entity: string
  readonly record: string
  readonly kind: string
  readonly delta: string | null
  readonly cause: string | null
  readonly actor: string | null
  readonly name: string | null
  readonly comment: string | null
  readonly text: string | null
  readonly mentions: string | null
}

const order = 'newest'

/** The events of the subjects, newest first; only those of the kind, when one is given. @throws Fault 400 for a broken cursor */
export async function readEvents(
  connection: Connection,
  subjects: readonly Subject[],
  { limit, after, kinds }: PageRequest & { readonly kinds: 'changes' | 'comments' | 'all' },
): Promise<EventPage> {
  const [before = null] = after === undefined ? [] : readCursor(after, order, 1)
  if (before !== null && !/^\d{1,18}$/.test(String(before))) throw brokenCursor()
  const isComment = kinds === 'all' ? null : kinds === 'comments'
  const rows = await connection<Row[]>`
    select e.id::text, e.at, e.xid::text as transaction, e.entity, e.record, e.kind, e.delta::text, e.cause, e.actor, coalesce(u.name, k.name) as name,
      c.id as comment, c.text, (
        select json_agg(json_build_object('id', m.id, 'name', m.name) order by m.name)::text
        from heddle."user" m where m.id = any(c.mentions)
      ) as mentions
    from unnest(${subjects.map(({ entity }) => entity)}::text[], ${subjects.map(({ record }) => record)}::uuid[])
      as s(entity, record)
    join heddle.event e on e.entity = s.entity and e.record = s.record
    left join heddle."user" u on u.id = e.actor
    left join heddle.api_key k on k.id = e.actor
    left join heddle.comment c on e.kind = ${commented} and c.id = (e.delta ->> 'comment')::uuid
    where (${before}::bigint is null or e.id < ${before}::bigint)
      and (${isComment}::boolean is null or (e.kind = ${commented}) = ${isComment}::boolean)
    order by e.id desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    events: shown.map(eventOf),
    next: rows.length > limit && last !== undefined ? writeCursor(order, [last.id]) : null,
  }
}

function eventOf(row: Row): StoredEvent {
  const { id, at, transaction, entity, record, kind, cause, actor, name } = row
  return {
    id,
    at,
    transaction,
    entity,
    record,
    kind,
    delta: asObject(JSON.parse(row.delta ?? '{}')),
    cause,
    by: actor === null ? null : { id: actor, name },
    comment:
      row.comment === null
        ? null
        : { id: row.comment, text: row.text ?? '', mentions: JSON.parse(row.mentions ?? '[]') },
  }
}
