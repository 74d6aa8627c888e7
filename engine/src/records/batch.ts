import { type Entity, type JsonObject, normaliseFields } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { grantFor, requireVerb } from '../access/grant.ts'
import { ambiguousKey, Fault, operationFailed } from '../errors.ts'
import { inSavepoint } from '../storage/in-transaction.ts'
import { type BatchGroup, groupOperations, type Numbered } from './batch-groups.ts'
import { type BatchOperation, parseBatch } from './batch-request.ts'
import { BulkRefused, insertRecords } from './bulk-insert.ts'
import { insertChecked } from './create.ts'
import { currentNames } from './current-names.ts'
import { checkDuplicates, type Duplicates, holdsDuplicates } from './duplicates.ts'
import { findMatches, matchKey } from './find-matches.ts'
import { isOneRow } from './one-statement.ts'
import { type ChangeTarget, patchIn } from './patch.ts'
import { type PreparedRecord, prepareCreate } from './prepare-record.ts'
import { raiseParents } from './raise-parents.ts'
import { findKey } from './record-key.ts'
import { deleteIn } from './remove.ts'
import { readableIds, requireWritten } from './require-rows.ts'
import { restoreIn } from './restore.ts'
import type { WriteContext } from './write-record.ts'
import { settleKept, type WriteServices, writeTogether } from './write-services.ts'

/** What became of one operation. */
export interface BatchItem {
  readonly status: number
  readonly id?: string
  readonly _meta?: { readonly duplicates: readonly Duplicates[] }
  readonly error?: { readonly code: string; readonly detail: string; readonly errors: Fault['errors'] }
}

/** Operations that share a transaction when they are tried one by one: savepoints cost more the more there are. */
const savepointsTogether = 50

/**
 * Runs a batch: with `all` in one transaction that the first failing operation undoes, with `each` every operation for
 * itself.
 * @throws Fault 403 without the right to many changes at once, 404, 422; with `all` the failing operation's, with its index
 */
export async function runBatch(services: WriteServices, entityName: string, input: unknown): Promise<BatchItem[]> {
  const { live, actor } = services
  const entity = findEntity({ release: live.release, actor }, entityName)
  const { mode, operations } = parseBatch(input)
  if (operations.length > 1) requireVerb(live.release, actor, entity, 'bulk')
  const items = operations.map((operation, index) => ({ index, operation }))
  const run = { services, entityName }
  try {
    return await runTogether(run, items, 'grouped')
  } catch (error) {
    if (!(error instanceof Fault || error instanceof BulkRefused)) throw error
    if (mode === 'each') return runApart(run, items)
    if (error instanceof Fault && error.data.operation !== undefined) throw error
    return runTogether(run, items, 'singly')
  }
}

interface Run {
  readonly services: WriteServices
  readonly entityName: string
}

function runTogether(
  { services, entityName }: Run,
  items: readonly Numbered[],
  how: 'grouped' | 'singly',
): Promise<BatchItem[]> {
  return writeTogether(services, async (context) => {
    const entity = findEntity(context.reader, entityName)
    const groups =
      how === 'grouped'
        ? groupOperations(items, ({ key }) => keyOf(context, entity, key))
        : items.map((item): BatchGroup => ({ kind: 'single', item }))
    const done: BatchItem[] = []
    for (const group of groups) done.push(...(await runGroup(context, entity, group)))
    return done
  })
}

/** Each operation in a savepoint of its own, a few dozen to a transaction. */
async function runApart({ services, entityName }: Run, items: readonly Numbered[]): Promise<BatchItem[]> {
  const done: BatchItem[] = []
  for (let start = 0; start < items.length; start += savepointsTogether) {
    const part = items.slice(start, start + savepointsTogether)
    const answers = await writeTogether(services, async (context) => {
      const entity = findEntity(context.reader, entityName)
      const answers: BatchItem[] = []
      for (const { operation } of part) answers.push(await runGuarded(context, entity, operation))
      return answers
    })
    done.push(...answers)
  }
  return done
}

async function runGuarded(context: WriteContext, entity: Entity, operation: BatchOperation): Promise<BatchItem> {
  try {
    return await inSavepoint(context.connection, async (connection) => {
      const own: WriteContext = { ...context, connection, changes: [], raised: new Set(context.raised) }
      const item = await runOperation(own, entity, operation)
      await settleKept(own)
      for (const id of own.raised) context.raised.add(id)
      return item
    })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const { status, code, message, errors } = error
    return { status, ...('id' in operation ? { id: operation.id } : {}), error: { code, detail: message, errors } }
  }
}

async function runGroup(context: WriteContext, entity: Entity, group: BatchGroup): Promise<BatchItem[]> {
  if (group.kind === 'single') return [await named(group.item, (operation) => runOperation(context, entity, operation))]
  if (group.kind === 'creates') {
    const records: PreparedRecord[] = []
    for (const item of group.items) records.push(await named(item, ({ data }) => prepareNew(context, entity, data)))
    return createAll(context, entity, records)
  }
  return upsertAll(context, entity, group.items)
}

/** Creates what is not there yet in one statement and updates the rest. */
async function upsertAll(
  context: WriteContext,
  entity: Entity,
  items: Extract<BatchGroup, { kind: 'upserts' }>['items'],
): Promise<BatchItem[]> {
  const existing = await findExisting(
    context,
    entity,
    items.map(({ operation }) => operation.key),
  )
  const answers: (BatchItem | undefined)[] = []
  const missing: PreparedRecord[] = []
  for (const [position, item] of items.entries()) {
    answers[position] = await named(item, async ({ key, data }) => {
      const id = oneOf(existing[position] ?? [])
      if (id !== undefined) return updateOne(context, entity, { id, expected: '*' }, data)
      missing.push(await prepareNew(context, entity, { ...key, ...data }))
      return undefined
    })
  }
  const made = await createAll(context, entity, missing)
  return answers.flatMap((answer) => answer ?? made.shift() ?? [])
}

function prepareNew(context: WriteContext, entity: Entity, data: JsonObject): Promise<PreparedRecord> {
  const { release, actor } = context.reader
  return prepareCreate(context, entity, requireVerb(release, actor, entity, 'create'), data)
}

async function createAll(
  context: WriteContext,
  entity: Entity,
  records: readonly PreparedRecord[],
): Promise<BatchItem[]> {
  const items: BatchItem[] = []
  if (records.length < 2 || !isOneRow(entity)) {
    for (const prepared of records) items.push(await insertOne(context, entity, prepared))
    return items
  }
  const values = records.map((prepared) => prepared.values)
  if (holdsDuplicates(entity, values)) throw new BulkRefused()
  await raiseParents(context, entity, values)
  const duplicates = await checkDuplicates(context, entity, records)
  const ids = await insertRecords(context, entity, values)
  await requireWritten(context, entity, ids, 'create')
  return ids.map((id, index) => told(201, id, duplicates[index]))
}

async function insertOne(context: WriteContext, entity: Entity, prepared: PreparedRecord): Promise<BatchItem> {
  const { id, duplicates } = await insertChecked(context, entity, prepared)
  return told(201, id, duplicates)
}

async function runOperation(context: WriteContext, entity: Entity, operation: BatchOperation): Promise<BatchItem> {
  switch (operation.op) {
    case 'create':
      return createOne(context, entity, operation.data)
    case 'update':
      return updateOne(context, entity, operation, operation.data)
    case 'upsert':
      return upsertOne(context, entity, operation)
    case 'delete':
      await deleteIn(context, entity.name, operation.id, operation.expected)
      return { status: 204, id: operation.id }
    case 'restore':
      await restoreIn(context, entity.name, operation.id)
      return { status: 200, id: operation.id }
  }
}

async function createOne(context: WriteContext, entity: Entity, data: JsonObject): Promise<BatchItem> {
  return insertOne(context, entity, await prepareNew(context, entity, data))
}

async function upsertOne(
  context: WriteContext,
  entity: Entity,
  { key, data }: { readonly key: JsonObject; readonly data: JsonObject },
): Promise<BatchItem> {
  const [ids] = await findExisting(context, entity, [key])
  const id = oneOf(ids ?? [])
  return id === undefined
    ? createOne(context, entity, { ...key, ...data })
    : updateOne(context, entity, { id, expected: '*' }, data)
}

async function updateOne(
  context: WriteContext,
  entity: Entity,
  target: ChangeTarget,
  data: JsonObject,
): Promise<BatchItem> {
  const { duplicates } = await patchIn(context, entity.name, data, target)
  return told(200, target.id, duplicates)
}

/** The records that have the keys; nobody else upserts by these fields until the transaction ends. */
async function findExisting(context: WriteContext, entity: Entity, given: readonly JsonObject[]): Promise<string[][]> {
  const { connection, reader } = context
  const keys = given.map((key) => currentNames(reader.release, entity, key))
  const [first = {}] = keys
  const key = findKey(entity, grantFor(reader.release, reader.actor, entity), first)
  const lock = `upsert ${entity.id} ${key.fields.map((field) => field.id).join()}`
  await connection`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`
  const wanted = keys.map((values) => ({ values: normaliseFields(entity.fields, values) }))
  const found = await findMatches(context, entity, key, wanted)
  // Who reads some records upserts among those; who reads none is told of none.
  if (!grantFor(reader.release, reader.actor, entity).verbs.has('read')) return found
  const seen = new Set(await readableIds(context, entity, found.flat()))
  return found.map((ids) => ids.filter((id) => seen.has(id)))
}

function keyOf({ reader }: WriteContext, entity: Entity, given: JsonObject): { names: string; value: string } {
  const key = currentNames(reader.release, entity, given)
  const { fields, comparison } = findKey(entity, grantFor(reader.release, reader.actor, entity), key)
  const value = matchKey(fields, comparison, normaliseFields(entity.fields, key))
  return { names: fields.map((field) => field.name).join(), value }
}

/** @throws Fault 409 when there are several */
function oneOf(ids: readonly string[]): string | undefined {
  if (ids.length > 1) throw ambiguousKey(ids)
  return ids[0]
}

function told(status: number, id: string, duplicates: readonly Duplicates[] = []): BatchItem {
  return { status, id, ...(duplicates.length === 0 ? {} : { _meta: { duplicates } }) }
}

/** Names the operation in the fault that `work` ends in. */
async function named<Operation extends BatchOperation, Result>(
  { index, operation }: Numbered<Operation>,
  work: (operation: Operation) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(operation)
  } catch (error) {
    throw error instanceof Fault ? operationFailed(error, { index, ...operation }) : error
  }
}
