import { asObject, type Entity, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { Fault } from '../errors.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { currentNames } from './current-names.ts'
import type { StoredRecord } from './get.ts'
import { writeLines } from './lines.ts'
import { isOneStatement } from './one-statement.ts'
import { preparePatch } from './prepare-record.ts'
import { type ExpectedVersion, readCurrent, requirePresent, requireVersion } from './read-current.ts'
import { withWarnings } from './record-warnings.ts'
import { parsePatch, requireObject } from './validate-record.ts'
import { hasLinks } from './write-links.ts'
import { updateRecord } from './write-record.ts'
import { readBack, type WriteServices, writeAsNeeded } from './write-services.ts'

const maximumTries = 5

/**
 * Applies a JSON Merge Patch (RFC 7396) at the expected version; `*` takes the record as it is.
 * @throws Fault 403, 404, 409, 412, 422
 */
export async function patchRecord(
  services: WriteServices,
  entityName: string,
  id: string,
  input: unknown,
  expected: ExpectedVersion,
): Promise<StoredRecord> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await patchOnce(services, entityName, id, input, expected)
    } catch (error) {
      const isRace = expected === '*' && error instanceof Fault && error.code === 'record.stale'
      if (!isRace || attempt >= maximumTries) throw error
    }
  }
}

function patchOnce(
  services: WriteServices,
  entityName: string,
  id: string,
  input: unknown,
  expected: ExpectedVersion,
): Promise<StoredRecord> {
  const givenOf = (release: Release, entity: Entity) => currentNames(release, entity, asObject(input))
  const givesLines = (entity: Entity, given: JsonObject) =>
    linesFields(entity).some((field) => given[field.name] !== undefined)
  const isOnce = (release: Release) => {
    const entity = findEntity(release, entityName)
    const given = givenOf(release, entity)
    return !givesLines(entity, given) && !hasLinks(entity, given) && isOneStatement(release, entity, 'update')
  }
  return writeAsNeeded(services, isOnce, async (context, release) => {
    const entity = findEntity(release, entityName)
    const hasLines = givesLines(entity, givenOf(release, entity))
    const grant = requireVerb(release, services.actor, entity, 'update')
    const body = currentNames(release, entity, requireObject(input))
    parsePatch(release, entity, grant, body)
    const current = await readCurrent(context, entity, id)
    requireVersion(current, expected)
    requirePresent(current)
    const prepared = await preparePatch(context, entity, grant, { input: body, current })
    const updated = await updateRecord(context, entity, current, prepared.values, hasLines ? { always: true } : {})
    for (const each of prepared.lines) await writeLines(context, id, each)
    const isShown = updated !== undefined && linesFields(entity).length + linkFields(entity).length === 0
    return withWarnings(context, entity, isShown ? updated : await readBack(context, entity.name, id), prepared)
  })
}
