import { createHash } from 'node:crypto'
import { type Entity, linesFields } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { idempotencyReused } from '../errors.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { checkDuplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { writeLines } from './lines.ts'
import { isOneStatement } from './one-statement.ts'
import { type PreparedRecord, prepareCreate } from './prepare-record.ts'
import { withMeta } from './record-meta.ts'
import type { WriteContext } from './write-context.ts'
import { insertRecord } from './write-record.ts'
import { readBack, showSettled, type WriteServices, writeAsNeeded, writeTogether } from './write-services.ts'

/** A created record. */
export interface CreatedRecord extends StoredRecord {
  readonly id: string
}

/**
 * Creates a record with its lines in one write. A repeated `idempotencyKey` answers with the record of the first time.
 * @throws Fault 403, 404, 409, 422
 */
export function createRecord(
  services: WriteServices,
  entityName: string,
  input: unknown,
  idempotencyKey: string | undefined,
): Promise<CreatedRecord> {
  const prepare = async (context: WriteContext) => {
    const { release, actor } = context.reader
    const entity = findEntity(context.reader, entityName)
    const grant = requireVerb(release, actor, entity, 'create')
    return { entity, prepared: await prepareCreate(context, entity, grant, input) }
  }
  if (idempotencyKey === undefined) {
    return writeAsNeeded(
      services,
      (release) => isOneStatement(release, findEntity({ release, actor: services.actor }, entityName), 'create'),
      async (context) => {
        const { entity, prepared } = await prepare(context)
        return createWithLines(context, entity, prepared)
      },
    )
  }
  return writeTogether(services, async (context) => {
    const known = await claimKey(context, idempotencyKey, entityName, input)
    if (known.record !== undefined) {
      const entity = findEntity(context.reader, entityName)
      const record = await readBack(context, entityName, known.record)
      return { ...withMeta(context.reader, entity, record), id: known.record }
    }
    const { entity, prepared } = await prepare(context)
    const created = await createWithLines(context, entity, prepared)
    await rememberRecord(context, idempotencyKey, created.id)
    return created
  })
}

/** Inserts a prepared record and shows it as its writer may see it, with its lines; runs in the caller's transaction. */
export async function createWithLines(
  context: WriteContext,
  entity: Entity,
  prepared: PreparedRecord,
): Promise<CreatedRecord> {
  const [duplicates = []] = await checkDuplicates(context, entity, [prepared])
  const created = await insertShown(context, entity, prepared)
  return { ...withMeta(context.reader, entity, created, { ...prepared, duplicates }), id: created.id }
}

async function insertShown(context: WriteContext, entity: Entity, prepared: PreparedRecord): Promise<CreatedRecord> {
  const others = linesFields(entity).length + linkFields(entity).length
  if (others === 0) {
    const inserted = await insertRecord(context, entity, prepared.values)
    return { ...(await showSettled(context, entity, inserted)), id: inserted.id }
  }
  const id = await insertWithLines(context, entity, prepared)
  return { ...(await readBack(context, entity.name, id)), id }
}

/** Inserts a prepared record and its lines; gives the id. Runs in the caller's transaction. */
export async function insertWithLines(
  context: WriteContext,
  entity: Entity,
  prepared: PreparedRecord,
  place: { readonly id?: string } = {},
): Promise<string> {
  const { id } = await insertRecord(context, entity, prepared.values, place)
  for (const each of prepared.lines) await writeLines(context, id, each)
  return id
}

/** Claims an idempotency key; the record it made before, when it did. @throws Fault 409 for another request */
async function claimKey(
  { connection, reader }: WriteContext,
  key: string,
  entityName: string,
  input: unknown,
): Promise<{ record: string | undefined }> {
  const request = createHash('sha256')
    .update(JSON.stringify([entityName, input]))
    .digest('hex')
  const nobody = '00000000-0000-0000-0000-000000000000'
  const claimed = await connection`
    insert into heddle.idempotency (actor, key, request, record)
    values (${reader.actor.id}, ${key}, ${request}, ${nobody}) on conflict do nothing`
  if (claimed.count === 1) return { record: undefined }
  const [row] = await connection<{ request: string; record: string }[]>`
    select request, record from heddle.idempotency where actor = ${reader.actor.id} and key = ${key}`
  if (row === undefined || row.request !== request) throw idempotencyReused()
  return { record: row.record }
}

async function rememberRecord({ connection, reader }: WriteContext, key: string, record: string): Promise<void> {
  await connection`
    update heddle.idempotency set record = ${record} where actor = ${reader.actor.id} and key = ${key}`
}
