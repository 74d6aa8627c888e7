import type { Entity } from '@heddle/metadata'
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
  const warnings = told.warnings.filter(({ path }) => fieldAccess(grant, path.split('/')[1] ?? '') !== 'none')
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
