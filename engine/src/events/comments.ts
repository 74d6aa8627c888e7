import { asObject, asText, asTexts, compileValidator, type JsonObject, type Validator } from '@heddle/metadata'
import { invalidRecord, missingReference, recordDeleted } from '../errors.ts'
import type { PageRequest } from '../http/page-request.ts'
import { requireVisible } from '../records/require-visible.ts'
import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'
import type { PastRequest } from './history.ts'
import { type Author, commented, readEvents } from './read-events.ts'

/** A comment on a record. */
export interface Comment {
  readonly id: string
  readonly text: string
  /** The people it is meant for. */
  readonly mentions: readonly Author[]
  readonly at: Date
  readonly by: Author | null
}

/** JSON Schema of a new comment. */
export const commentSchema: JsonObject = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: {
    text: { type: 'string', minLength: 1, maxLength: 10_000, pattern: '\\S' },
    mentions: { type: 'array', maxItems: 50, uniqueItems: true, items: { type: 'string', format: 'uuid' } },
  },
}

let validate: Validator | undefined

/** The comments on a record, newest first. @throws Fault 400, 403, 404 */
export async function listComments({ reader, connection, entityName, id }: PastRequest, page: PageRequest) {
  const { entity } = await requireVisible(reader, connection, entityName, id)
  const { events, next } = await readEvents(connection, [{ entity: entity.id, record: id }], {
    ...page,
    kinds: 'comments',
  })
  const items = events.flatMap(({ at, by, comment }): Comment[] => (comment === null ? [] : [{ ...comment, at, by }]))
  return { items, next }
}

/** Says something about a record to those who may see it. @throws Fault 403, 404, 409 in the trash, 422 */
export async function addComment(
  { reader, connection, entityName, id }: PastRequest,
  input: unknown,
): Promise<Comment> {
  const { entity, isDeleted } = await requireVisible(reader, connection, entityName, id)
  if (isDeleted) throw recordDeleted()
  validate ??= compileValidator(commentSchema)
  const errors = validate(input)
  if (errors.length > 0) throw invalidRecord(errors)
  const given = asObject(input)
  const text = (asText(given.text) ?? '').trim()
  const mentions = await findPeople(connection, asTexts(given.mentions))
  const comment = uuidv7()
  const { actor } = reader
  const [row] = await connection<{ at: Date }[]>`
    with c as (
      insert into heddle.comment (id, entity, record, text, mentions, created_by)
      values (${comment}, ${entity.id}, ${id}, ${text}, ${mentions.map((person) => person.id)}::uuid[], ${actor.id})
    )
    insert into heddle.event (entity, record, kind, delta, actor)
    values (${entity.id}, ${id}, ${commented}, ${JSON.stringify({ comment })}::json, ${actor.id}) returning at`
  return { id: comment, text, mentions, at: row?.at ?? new Date(), by: { id: actor.id, name: actor.name } }
}

/** @throws Fault 422 naming the first that is no active person */
async function findPeople(connection: Connection, ids: readonly string[]): Promise<Author[]> {
  if (ids.length === 0) return []
  const rows = await connection<{ id: string; name: string }[]>`
    select id, name from heddle."user" where id = any(${ids}::uuid[]) and disabled_at is null order by name`
  const known = new Set(rows.map((row) => row.id))
  const missing = ids.findIndex((id) => !known.has(id.toLowerCase()))
  if (missing >= 0) throw missingReference(`/mentions/${missing}`, 'There is no such person; see /api/users.')
  return [...rows]
}
