import { asObject, linesFields } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { Fault } from '../errors.ts'
import { isOneStatement } from './create.ts'
import type { StoredRecord } from './get.ts'
import { writeLines } from './lines.ts'
import { preparePatch } from './prepare-record.ts'
import { type ExpectedVersion, readCurrent, requirePresent, requireVersion } from './read-current.ts'
import { withWarnings } from './record-warnings.ts'
import { parsePatch } from './validate-record.ts'
import { hasLinks } from './write-links.ts'
import { updateRecord } from './write-record.ts'
import { readBack, type WriteServices, writeOnce, writeTogether } from './write-services.ts'

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
  const named = findEntity(services.live.release, entityName)
  const hasLines = linesFields(named).some((field) => asObject(input)[field.name] !== undefined)
  const write = hasLines || hasLinks(named, asObject(input)) ? writeTogether : writeOnce
  return write(services, async (context, release) => {
    const entity = findEntity(release, entityName)
    const grant = requireVerb(release, services.actor, entity, 'update')
    parsePatch(release, entity, grant, input)
    const current = await readCurrent(context, entity, id)
    requireVersion(current, expected)
    requirePresent(current)
    const prepared = await preparePatch(context, entity, grant, { input, current })
    const updated = await updateRecord(context, entity, current, prepared.values, hasLines ? { always: true } : {})
    for (const each of prepared.lines) await writeLines(context, id, each)
    const isShown = updated !== undefined && isOneStatement(entity)
    return withWarnings(context, entity, isShown ? updated : await readBack(context, entity.name, id), prepared)
  })
}
