import type { Entity } from '@heddle/metadata'
import { fieldAccess, grantFor } from '../access/grant.ts'
import type { Duplicates } from './duplicates.ts'
import type { StoredRecord } from './get.ts'
import type { PreparedRecord } from './prepare-record.ts'
import type { WriteContext } from './write-record.ts'

/**
 * The record with `_meta.warnings`, rules of severity warning that it violates as far as the writer may see them, and
 * `_meta.duplicates`.
 */
export function withWarnings(
  { reader }: WriteContext,
  entity: Entity,
  record: StoredRecord,
  { warnings, duplicates }: Pick<PreparedRecord, 'warnings'> & { readonly duplicates: readonly Duplicates[] },
): StoredRecord {
  const grant = grantFor(reader.release, reader.actor, entity)
  const shown = warnings.filter(({ path }) => fieldAccess(grant, path.split('/')[1] ?? '') !== 'none')
  if (shown.length === 0 && duplicates.length === 0) return record
  const meta = {
    ...(shown.length === 0 ? {} : { warnings: shown.map(({ path, code, message }) => ({ path, code, message })) }),
    ...(duplicates.length === 0 ? {} : { duplicates }),
  }
  const open = record.json.subarray(0, record.json.length - 1)
  return { ...record, json: Buffer.concat([open, Buffer.from(`,"_meta":${JSON.stringify(meta)}}`)]) }
}
