import type { Actor } from '../access/actor.ts'
import type { Database } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { sniffType } from './sniff-type.ts'

/** A stored file without its bytes. */
export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Bytes of one row: small enough that a reader's memory never holds much of a file. */
const chunkBytes = 256 * 1024
const longestName = 200

/** Stores an uploaded file in pieces. It goes away after a day unless a record refers to it. */
export async function storeFile(
  database: Database,
  actor: Actor,
  { name: given, data }: { readonly name: string; readonly data: Buffer },
): Promise<StoredFile> {
  const id = uuidv7()
  const name = cleanName(given)
  const type = sniffType(data, name)
  await inTransaction(database, async (transaction) => {
    await transaction`
      insert into heddle.file (id, name, type, size, created_by)
      values (${id}, ${name}, ${type}, ${data.length}, ${actor.id})`
    for (let position = 0; position * chunkBytes < data.length; position++) {
      const chunk = data.subarray(position * chunkBytes, (position + 1) * chunkBytes)
      await transaction`insert into heddle.file_chunk (file, position, data) values (${id}, ${position}, ${chunk})`
    }
  })
  return { id, name, type, size: data.length }
}

/** The last part of a path, without what could mislead a person or a header. */
function cleanName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim()
  return clean === '' ? 'file' : [...clean].slice(-longestName).join('')
}
