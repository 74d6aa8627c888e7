import { asObject, type Entity } from '@heddle/metadata'
import { findEntity } from '../access/entity-lookup.ts'
import { requireVerb } from '../access/grant.ts'
import { Fault } from '../errors.ts'
import type { StoredRecord } from './get.ts'
import { splitLines, writeLines } from './lines.ts'
import { type ExpectedVersion, readCurrent, requirePresent, requireVersion } from './read-current.ts'
import { linesFields, parsePatch } from './validate-record.ts'
import { updateRecord, type WriteContext } from './write-record.ts'
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
  const { own, lines } = splitLines(findEntity(services.live.release, entityName), asObject(input))
  const write = lines.length === 0 ? writeOnce : writeTogether
  return write(services, async (context, release) => {
    const entity = findEntity(release, entityName)
    const grant = requireVerb(release, services.actor, entity, 'update')
    parsePatch(release, entity, grant, input)
    const current = await readCurrent(context, entity, id)
    requireVersion(current, expected)
    requirePresent(current)
    const updated = await updateRecord(context, entity, current, own, lines.length === 0 ? {} : { always: true })
    for (const each of lines) await writeLines(context, id, each)
    return returned(context, entity, id, lines.length === 0 ? updated : undefined)
  })
}

/** The update's own answer unless lines have to be shown with it. */
function returned(
  context: WriteContext,
  entity: Entity,
  id: string,
  updated: StoredRecord | undefined,
): StoredRecord | Promise<StoredRecord> {
  const hasLines = linesFields(entity).length > 0
  return updated === undefined || hasLines ? readBack(context, entity.name, id) : updated
}
