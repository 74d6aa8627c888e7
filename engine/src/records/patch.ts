import { asObject, type Entity, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { Fault } from '../errors.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { currentNames } from './current-names.ts'
import { checkDuplicates, type Duplicates, touchedRules } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import { writeLines } from './lines.ts'
import { isOneStatement } from './one-statement.ts'
import { type PreparedRecord, preparePatch } from './prepare-record.ts'
import { type ExpectedVersion, readCurrent, requirePresent, requireVersion } from './read-current.ts'
import { withMeta } from './record-meta.ts'
import { parsePatch, requireObject } from './validate-record.ts'
import type { WriteContext } from './write-context.ts'
import { hasLinks } from './write-links.ts'
import { updateRecord } from './write-record.ts'
import { readBack, showSettled, type WriteServices, writeAsNeeded } from './write-services.ts'

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
  const isOnce = (release: Release) => {
    const entity = findEntity({ release, actor: services.actor }, entityName)
    const given = currentNames(release, entity, asObject(input))
    return !givesLines(entity, given) && !hasLinks(entity, given) && isOneStatement(release, entity, 'update')
  }
  return writeAsNeeded(services, isOnce, async (context) => {
    const { entity, updated, ...told } = await patchIn(context, entityName, input, target)
    const { id } = target
    const isShown = updated !== undefined && linesFields(entity).length + linkFields(entity).length === 0
    const record = isShown
      ? await showSettled(context, entity, { ...updated, id })
      : await readBack(context, entity.name, id)
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
  for (let attempt = 1; ; attempt++) {
    try {
      return await patchOnce(context, entityName, input, target)
    } catch (error) {
      const isRace = target.expected === '*' && error instanceof Fault && error.code === 'record.stale'
      if (!isRace || attempt >= maximumTries) throw error
    }
  }
}

async function patchOnce(
  context: WriteContext,
  entityName: string,
  input: unknown,
  { id, expected }: ChangeTarget,
): Promise<PatchedRecord> {
  const { release, actor } = context.reader
  const entity = findEntity(context.reader, entityName)
  const grant = requireVerb(release, actor, entity, 'update')
  const patch = parsePatch(context.reader, entity, grant, currentNames(release, entity, requireObject(input)))
  const current = await readCurrent(context, entity, id)
  requireVersion(current, expected)
  requirePresent(current)
  const prepared = await preparePatch(context, entity, { patch, current })
  const values = { ...current.values, ...prepared.values }
  const rules = touchedRules(entity, current, prepared.values)
  const [duplicates = []] = await checkDuplicates(context, entity, [{ values, self: id }], rules)
  const options = givesLines(entity, patch) ? { always: true } : {}
  const updated = await updateRecord(context, entity, current, prepared.values, options)
  for (const each of prepared.lines) await writeLines(context, id, each)
  return { entity, updated, warnings: prepared.warnings, duplicates }
}

function givesLines(entity: Entity, given: JsonObject): boolean {
  return linesFields(entity).some((field) => given[field.name] !== undefined)
}
