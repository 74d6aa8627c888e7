import type { Reader } from '../access/reader.ts'
import { unknownFile } from '../errors.ts'
import { findReadableFiles } from '../records/readable-files.ts'
import type { Database } from '../storage/connect.ts'
import { isUuid } from '../storage/uuid.ts'
import type { StoredFile } from './store-file.ts'

/** The file, when the reader uploaded it or may see a record that refers to it. @throws Fault 404 */
export async function findFile(reader: Reader, database: Database, id: string): Promise<StoredFile> {
  if (!isUuid(id)) throw unknownFile()
  const [row] = await database<(StoredFile & { own: boolean })[]>`
    select id, name, type, size, created_by is not distinct from ${reader.actor.id}::uuid as own
    from heddle.file where id = ${id}`
  if (row === undefined) throw unknownFile()
  const { own, ...file } = row
  if (!own && !(await findReadableFiles(reader, database, [file.id])).has(file.id)) throw unknownFile()
  return file
}

/** The file's bytes, read piece by piece as they are taken. */
export function streamFile(database: Database, id: string): ReadableStream<Uint8Array> {
  let position = 0
  return new ReadableStream({
    pull: async (controller) => {
      const [row] = await database<{ data: Buffer }[]>`
        select data from heddle.file_chunk where file = ${id} and position = ${position}`
      position++
      if (row === undefined) controller.close()
      else controller.enqueue(row.data)
    },
  })
}
