import { type Entity, linesFields, parsePointer } from '@heddle/metadata'
import { deniedNames, fieldAccess, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import type { Duplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import type { PreparedRecord } from './prepare-record.ts'

/** What is told of a write besides the record. */
export interface Told {
  readonly warnings: PreparedRecord['warnings']
  readonly duplicates: readonly Duplicates[]
}

const nothing: Told = { warnings: [], duplicates: [] }

/**
 * The record with its `_meta`: the fields that its reader is denied, rules of severity warning that it violates as far as
 * they may see them, and duplicates.
 */
export function withMeta(reader: Reader, entity: Entity, record: StoredRecord, told: Told = nothing): StoredRecord {
  const grant = grantFor(reader.release, reader.actor, entity)
  const denied = deniedNames(grant)
  const warnings = told.warnings.filter(({ path }) => isShown(reader, entity, parsePointer(path)))
  if (denied.length + warnings.length + told.duplicates.length === 0) return record
  const meta = {
    ...(denied.length === 0 ? {} : { denied }),
    ...(warnings.length === 0
      ? {}
      : { warnings: warnings.map(({ path, code, message }) => ({ path, code, message })) }),
    ...(told.duplicates.length === 0 ? {} : { duplicates: told.duplicates }),
  }
  const open = record.json.subarray(0, record.json.length - 1)
  return { ...record, json: Buffer.concat([open, Buffer.from(`,"_meta":${JSON.stringify(meta)}}`)]) }
}

/** True when the reader may see what the names lead to, through lines. */
function isShown(reader: Reader, entity: Entity, [name = '', ...rest]: readonly string[]): boolean {
  const { release, actor } = reader
  if (fieldAccess(grantFor(release, actor, entity), name) === 'none') return false
  const field = linesFields(entity).find((each) => each.name === name)
  const child = release.entity(String(field?.settings.entity))
  if (rest.length === 0 || child === undefined) return true
  return grantFor(release, actor, child).verbs.has('read') && isShown(reader, child, rest.slice(1))
}
