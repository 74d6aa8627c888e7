import { asTexts, type Entity, type Field, fieldTypeOf, isObject, type Json, type JsonObject } from '@heddle/metadata'
import { isUnlimited } from '../access/actor.ts'
import { toldTo } from '../access/language.ts'
import { missingReference } from '../errors.ts'
import type { Connection } from '../storage/connect.ts'
import { findReadableFiles } from './readable-files.ts'
import type { WriteContext } from './write-context.ts'

const memory = new WeakMap<Entity, boolean>()

/** True when records of the entity can refer to uploaded files. */
export function hasFiles(entity: Entity): boolean {
  const known = memory.get(entity) ?? [...entity.fields.values()].some(holdsFiles)
  memory.set(entity, known)
  return known
}

/**
 * Remembers which files the written fields of a record refer to; runs in the write's transaction. A file can be referred
 * to by who uploaded it and by who may read it already.
 * @throws Fault 422 naming a field that refers to another
 */
export async function linkFiles(
  context: WriteContext,
  entity: Entity,
  record: string,
  values: JsonObject,
): Promise<void> {
  if (!hasFiles(entity)) return
  const written = [...entity.fields.values()].filter((field) => holdsFiles(field) && Object.hasOwn(values, field.name))
  if (written.length === 0) return
  const before = await readLinks(context, entity, record)
  for (const field of written) {
    const now = new Set(filesOf(field, values[field.name] ?? null))
    const linked = before.filter((link) => link.field === field.id).map((link) => link.file)
    const added = [...now].filter((file) => !linked.includes(file))
    const gone = linked.filter((file) => !now.has(file))
    if (added.length > 0) await addLinks(context, { entity, record, field }, added)
    if (gone.length > 0) await removeLinks(context, { entity, record, field }, gone)
  }
}

/** Forgets the files of records that are gone for good, in hidden fields, too; runs in the purge's transaction. */
export async function unlinkFiles(
  { connection }: WriteContext,
  entity: Entity,
  records: readonly string[],
): Promise<void> {
  const gone = await connection<{ file: string }[]>`
    delete from heddle.file_link where entity = ${entity.id} and record = any(${[...records]}::uuid[]) returning file`
  if (gone.length > 0)
    await markUnlinked(
      connection,
      gone.map(({ file }) => file),
    )
}

function holdsFiles(field: Field): boolean {
  return fieldTypeOf(field.type).isAttachment === true || [...field.fields.values()].some(holdsFiles)
}

/** The ids in a field's value, group members included. */
function filesOf(field: Field, value: Json): string[] {
  if (field.fields.size > 0) {
    return isObject(value) ? [...field.fields.values()].flatMap((part) => filesOf(part, value[part.name] ?? null)) : []
  }
  if (fieldTypeOf(field.type).isAttachment !== true || value === null) return []
  return typeof value === 'string' ? [value] : asTexts(value)
}

interface Place {
  readonly entity: Entity
  readonly record: string
  readonly field: Field
}

async function readLinks({ connection }: WriteContext, entity: Entity, record: string) {
  return connection<{ file: string; field: string }[]>`
    select file, field from heddle.file_link where entity = ${entity.id} and record = ${record}`
}

async function addLinks(context: WriteContext, { entity, record, field }: Place, files: string[]): Promise<void> {
  const { connection, reader } = context
  // Taking the rows first keeps the sweep from removing them meanwhile.
  const found = await connection<{ id: string; own: boolean }[]>`
    update heddle.file set unlinked_at = null where id = any(${files}::uuid[])
    returning id, created_by is not distinct from ${reader.actor.id}::uuid as own`
  const isFree = isUnlimited(reader.actor)
  const foreign = found.filter(({ own }) => !own && !isFree).map(({ id }) => id)
  const readable = await findReadableFiles(reader, connection, foreign)
  const allowed = new Set(found.map(({ id }) => id).filter((id) => !foreign.includes(id) || readable.has(id)))
  if (files.some((file) => !allowed.has(file))) {
    const title = toldTo(reader, entity).fields.get(field.name)?.title
    throw missingReference(`/${field.name}`, `“${title}” refers to no uploaded file; send it to /api/files first.`)
  }
  await connection`
    insert into heddle.file_link (file, entity, record, field)
    select id, ${entity.id}, ${record}::uuid, ${field.id} from unnest(${files}::uuid[]) id on conflict do nothing`
}

async function removeLinks(
  { connection }: WriteContext,
  { entity, record, field }: Place,
  files: string[],
): Promise<void> {
  await connection`
    delete from heddle.file_link
    where entity = ${entity.id} and record = ${record} and field = ${field.id} and file = any(${files}::uuid[])`
  await markUnlinked(connection, files)
}

/** Starts the day after which files that nothing refers to any more are swept. */
async function markUnlinked(connection: Connection, files: string[]): Promise<void> {
  await connection`
    update heddle.file f set unlinked_at = now()
    where id = any(${files}::uuid[]) and not exists (select 1 from heddle.file_link where file = f.id)`
}
