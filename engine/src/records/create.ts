import { type Entity, linesFields } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { checkDuplicates, type Duplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { claimKey, rememberRecord } from './idempotency-keys.ts'
import { writeLines } from './lines.ts'
import { isOneStatement } from './one-statement.ts'
import { type PreparedRecord, prepareCreate } from './prepare-record.ts'
import { raiseParents } from './raise-parents.ts'
import { withMeta } from './record-meta.ts'
import { mayLeaveRights, requireWritten } from './require-rows.ts'
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
      (release) => {
        const reader = { release, actor: services.actor }
        const entity = findEntity(reader, entityName)
        return isOneStatement(release, entity, 'create') && !mayLeaveRights(reader, entity, 'create')
      },
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
      const record = await readBack(context, entity, known.record)
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
  const { id, duplicates, ...record } = await insertShown(context, entity, prepared)
  return { ...withMeta(context.reader, entity, record, { ...prepared, duplicates }), id }
}

async function insertShown(
  context: WriteContext,
  entity: Entity,
  prepared: PreparedRecord,
): Promise<CreatedRecord & InsertedRecord> {
  const others = linesFields(entity).length + linkFields(entity).length
  if (others === 0) {
    await raiseParents(context, entity, [prepared.values])
    const [duplicates = []] = await checkDuplicates(context, entity, [prepared])
    const inserted = await insertRecord(context, entity, prepared.values)
    await requireWritten(context, entity, [inserted.id], 'create')
    return { ...(await showSettled(context, entity, inserted)), id: inserted.id, duplicates }
  }
  const inserted = await insertChecked(context, entity, prepared)
  return { ...(await readBack(context, entity, inserted.id)), ...inserted }
}

/** A record that was inserted with its lines, and what these and it duplicate by rules that only warn. */
export interface InsertedRecord {
  readonly id: string
  readonly duplicates: readonly Duplicates[]
}

/** Inserts a prepared record and its lines, held against rules against duplicates. Runs in the caller's transaction. */
export async function insertChecked(
  context: WriteContext,
  entity: Entity,
  prepared: PreparedRecord,
): Promise<InsertedRecord> {
  await raiseParents(context, entity, [prepared.values])
  const [own = []] = await checkDuplicates(context, entity, [prepared])
  const { id, duplicates } = await insertWithLines(context, entity, prepared)
  await requireWritten(context, entity, [id], 'create')
  return { id, duplicates: [...own, ...duplicates] }
}

/** {@link insertChecked} with lines checked and the record itself not: for data that are known. */
export async function insertWithLines(
  context: WriteContext,
  entity: Entity,
  prepared: PreparedRecord,
  place: { readonly id?: string } = {},
): Promise<InsertedRecord> {
  const { id } = await insertRecord(context, entity, prepared.values, place)
  const duplicates: Duplicates[] = []
  for (const each of prepared.lines) duplicates.push(...(await writeLines(context, id, each)))
  return { id, duplicates }
}
