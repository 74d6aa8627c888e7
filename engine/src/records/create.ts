import { createHash } from 'node:crypto'
import type { Entity, JsonObject, Release } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { idempotencyReused } from '../errors.ts'
import type { StoredRecord } from './get.ts'
import { splitLines, writeLines } from './lines.ts'
import { linesFields, parseCreate } from './validate-record.ts'
import { insertRecord, type WriteContext } from './write-record.ts'
import { readBack, type WriteServices, writeOnce, writeTogether } from './write-services.ts'

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
  const prepare = (release: Release) => {
    const entity = findEntity(release, entityName)
    const grant = requireVerb(release, services.actor, entity, 'create')
    return { entity, values: parseCreate(release, entity, grant, input) }
  }
  const isSimple = idempotencyKey === undefined && isOneStatement(findEntity(services.live.release, entityName))
  if (isSimple) {
    return writeOnce(services, (context, release) => {
      const { entity, values } = prepare(release)
      return insertRecord(context, entity, values)
    })
  }
  return writeTogether(services, async (context, release) => {
    const { entity, values } = prepare(release)
    const known = idempotencyKey === undefined ? undefined : await claimKey(context, idempotencyKey, entityName, input)
    if (known?.record !== undefined) return { ...(await readBack(context, entityName, known.record)), id: known.record }
    const created = await createWithLines(context, entity, values)
    if (idempotencyKey !== undefined) await rememberRecord(context, idempotencyKey, created.id)
    return created
  })
}

/** Inserts a record and its lines; runs in the caller's transaction. */
export async function createWithLines(
  context: WriteContext,
  entity: Entity,
  values: JsonObject,
): Promise<CreatedRecord> {
  const { own, lines } = splitLines(entity, values)
  const created = await insertRecord(context, entity, own)
  for (const each of lines) await writeLines(context, created.id, each)
  return { ...(await readBack(context, entity.name, created.id)), id: created.id }
}

/** True when a write of the entity touches nothing but its own row. */
export function isOneStatement(entity: Entity): boolean {
  return linesFields(entity).length === 0
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
