import { asObject, type Entity, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { Fault, staleVersion } from '../errors.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { inSavepoint } from '../storage/in-transaction.ts'
import { changedNames } from './changed-names.ts'
import { currentNames } from './current-names.ts'
import { checkDuplicates, type Duplicates, touchedRules } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { writeLines } from './lines.ts'
import { isOneStatement } from './one-statement.ts'
import { type PreparedRecord, preparePatch } from './prepare-record.ts'
import { raiseParents } from './raise-parents.ts'
import { type ExpectedVersion, readCurrent, requirePresent, requireVersion } from './read-current.ts'
import { withMeta } from './record-meta.ts'
import { mayLeaveRights, requireRows, requireWritten } from './require-rows.ts'
import { parsePatch, requireObject } from './validate-record.ts'
import type { WriteContext } from './write-context.ts'
import { hasLinks } from './write-links.ts'
import { updateRecord } from './write-record.ts'
import { readBack, settleKept, showSettled, type WriteServices, writeAsNeeded } from './write-services.ts'

const maximumTries = 5

/** Which record is changed, and the version it must have. */
export interface ChangeTarget {
  readonly id: string
  readonly expected: ExpectedVersion
}

/**
 * Applies a JSON Merge Patch (RFC 7396) at the expected version; `*` takes the record as it is.
 * @throws Fault 403, 404, 409, 412, 422
 */
export function patchRecord(
  services: WriteServices,
  entityName: string,
  input: unknown,
  target: ChangeTarget,
): Promise<StoredRecord> {
  const { actor } = services
  const isOnce = (release: Release) => {
    const entity = findEntity({ release, actor }, entityName)
    const given = currentNames(release, entity, asObject(input))
    const isAlone = !givesLines(entity, given) && !hasLinks(entity, given)
    return isAlone && isOneStatement(release, entity, 'update') && !mayLeaveRights({ release, actor }, entity, 'update')
  }
  return writeAsNeeded(services, isOnce, async (context) => {
    const { entity, updated, ...told } = await patchIn(context, entityName, input, target)
    const { id } = target
    const isShown = updated !== undefined && linesFields(entity).length + linkFields(entity).length === 0
    const record = isShown
      ? await showSettled(context, entity, { ...updated, id })
      : await readBack(context, entity, id)
    return withMeta(context.reader, entity, record, told)
  })
}

/** A change that was made; `updated` is the record's own part, undefined when that stayed as it was. */
export interface PatchedRecord extends Pick<PreparedRecord, 'warnings'> {
  readonly entity: Entity
  readonly updated: StoredRecord | undefined
  readonly duplicates: readonly Duplicates[]
}

/** {@link patchRecord} where the caller writes; in a transaction unless one statement does. */
export async function patchIn(
  context: WriteContext,
  entityName: string,
  input: unknown,
  target: ChangeTarget,
): Promise<PatchedRecord> {
  const { release, actor } = context.reader
  const entity = findEntity(context.reader, entityName)
  const grant = requireVerb(release, actor, entity, 'update')
  const patch = parsePatch(context.reader, entity, grant, currentNames(release, entity, requireObject(input)))
  // A lone record is found stale before anything is written; with lines, some of it may be.
  const patchOnce = givesLines(entity, patch) ? patchApart : patchNow
  for (let attempt = 1; ; attempt++) {
    try {
      return await patchOnce(context, entity, patch, target)
    } catch (error) {
      if (!isRace(error, target) || attempt >= maximumTries) throw error
      await holdRecord(context, entity, target.id)
    }
  }
}

/** True when the record is still, or again, at a version that the writer means: another try settles it. */
function isRace(error: unknown, { expected }: ChangeTarget): boolean {
  if (!isStale(error)) return false
  return expected === '*' || expected === error.data.current
}

/** Where there is a transaction, nobody else changes the record until it ends: who lost a race once wins the next. */
async function holdRecord({ connection }: WriteContext, entity: Entity, id: string): Promise<void> {
  if (!('savepoint' in connection)) return
  await connection`select 1 from app.${connection(entity.table)} where id = ${id} for no key update`
}

function isStale(error: unknown): error is Fault {
  return error instanceof Fault && error.code === 'record.stale'
}

async function patchApart(
  context: WriteContext,
  entity: Entity,
  patch: JsonObject,
  target: ChangeTarget,
): Promise<PatchedRecord> {
  return inSavepoint(context.connection, async (connection) => {
    const own: WriteContext = { ...context, connection, changes: [] }
    const patched = await patchNow(own, entity, patch, target)
    await settleKept(own)
    return patched
  })
}

async function patchNow(
  context: WriteContext,
  entity: Entity,
  patch: JsonObject,
  { id, expected }: ChangeTarget,
): Promise<PatchedRecord> {
  const current = await readCurrent(context, entity, id)
  await requireRows(context, entity, [id], 'update')
  requireVersion(current, expected)
  requirePresent(current)
  const prepared = await preparePatch(context, entity, { patch, current })
  if (changedNames(current.values, prepared.values).includes('owner_id')) {
    await requireRows(context, entity, [id], 'transfer')
  }
  const values = { ...current.values, ...prepared.values }
  if (changedNames(current.values, prepared.values).length > 0)
    await raiseParents(context, entity, [current.values, values])
  const rules = touchedRules(entity, current, prepared.values)
  const [own = []] = await checkDuplicates(context, entity, [{ values, self: id }], rules)
  const options = givesLines(entity, patch) ? { always: true } : {}
  const updated = await updateRecord(context, entity, current, prepared.values, options)
  if (updated !== undefined) await requireWritten(context, entity, [id], 'update')
  const duplicates = [...own]
  try {
    for (const each of prepared.lines) duplicates.push(...(await writeLines(context, id, each)))
  } catch (error) {
    // A line's version is nothing that the writer knows; it stands under the record's.
    throw isStale(error) ? staleVersion(current.version) : error
  }
  return { entity, updated, warnings: prepared.warnings, duplicates }
}

function givesLines(entity: Entity, given: JsonObject): boolean {
  return linesFields(entity).some((field) => given[field.name] !== undefined)
}
