import { type Entity, linesFields } from '@heddle/metadata'
import { fieldAccess, type Grant, grantFor } from '../access/grant.ts'
import type { PageRequest } from '../http/page-request.ts'
import type { Reader } from '../records/projection.ts'
import { readableIds } from '../records/require-rows.ts'
import { requireVisible, type VisibleRecord } from '../records/require-visible.ts'
import type { Connection } from '../storage/connect.ts'
import { type Changes, changesOf } from './changes.ts'
import { readEvents, type StoredEvent, type Subject } from './read-events.ts'

/** What reading a record's past takes besides the page. */
export interface PastRequest {
  readonly reader: Reader
  readonly connection: Connection
  readonly entityName: string
  readonly id: string
}

type Happening = Pick<StoredEvent, 'at' | 'by' | 'kind' | 'transaction'>
type Change = Happening & Pick<StoredEvent, 'cause'> & { readonly changes: Changes }
type Said = Happening & { readonly comment: NonNullable<StoredEvent['comment']> }
type TimelineItem = (Change | Said) & { readonly entity: string; readonly record: string }

/** The changes of one record, newest first, as far as the reader may see its fields. @throws Fault 400, 403, 404 */
export async function listHistory(request: PastRequest, page: PageRequest) {
  const { reader, connection, entityName, id } = request
  const { entity, grant } = await requireVisible(reader, connection, entityName, id)
  const { events, next } = await readEvents(connection, [subjectOf(entity, id)], { ...page, kinds: 'changes' })
  return { items: events.flatMap((event) => shown(event, entity, grant)), next }
}

/**
 * Everything that happened to a record, newest first: its changes, those of its lines, and comments.
 * @throws Fault 400, 403, 404
 */
export async function listTimeline(request: PastRequest, page: PageRequest) {
  const { reader, connection, entityName, id } = request
  const record = await requireVisible(reader, connection, entityName, id)
  const lines = await lineSubjects(reader, connection, record)
  const subjects = [subjectOf(record.entity, id), ...lines]
  const { events, next } = await readEvents(connection, subjects, { ...page, kinds: 'all' })
  const items = events.flatMap((event): TimelineItem[] => {
    const entity = reader.release.entityById(event.entity)
    if (entity === undefined) return []
    const place = { entity: entity.name, record: event.record }
    if (event.comment === null) {
      const grant = grantFor(reader.release, reader.actor, entity)
      return shown(event, entity, grant).map((item) => ({ ...item, ...place }))
    }
    const { at, by, kind, transaction, comment } = event
    return [{ at, by, kind, transaction, comment, ...place }]
  })
  return { items, next }
}

/** The event as its reader may see it; none when it changed only what they may not see. */
function shown({ at, by, kind, transaction, cause, delta }: StoredEvent, entity: Entity, grant: Grant): Change[] {
  const changes = changesOf(entity, grant, delta, kind)
  const isHidden = kind === 'updated' && Object.keys(delta).length > 0 && Object.keys(changes).length === 0
  return isHidden ? [] : [{ at, by, kind, transaction, changes, cause }]
}

function subjectOf(entity: Entity, record: string): Subject {
  return { entity: entity.id, record }
}

/** The lines that the record has or had, of the lines fields that the reader may see. */
async function lineSubjects(
  reader: Reader,
  connection: Connection,
  { entity, grant, id }: VisibleRecord,
): Promise<Subject[]> {
  const { release, actor } = reader
  const subjects: Subject[] = []
  for (const field of linesFields(entity)) {
    const child = release.entity(String(field.settings.entity))
    const by = child?.fields.get(String(field.settings.by))
    if (child === undefined || by === undefined || fieldAccess(grant, field.name) === 'none') continue
    if (!grantFor(release, actor, child).verbs.has('read')) continue
    const rows = await connection<{ id: string }[]>`
      select id from app.${connection(child.table)} where ${connection(by.column)} = ${id}`
    const ids = await readableIds(
      { reader, connection },
      child,
      rows.map((row) => row.id),
    )
    subjects.push(...ids.map((line) => subjectOf(child, line)))
  }
  return subjects
}
