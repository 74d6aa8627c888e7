import { fieldAccess, grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import type { Connection } from '../storage/connect.ts'
import { readableIds } from './require-rows.ts'

/** Those of the files that a record refers to which the reader may see, in a field that they may see. */
export async function findReadableFiles(
  reader: Reader,
  connection: Connection,
  files: readonly string[],
): Promise<Set<string>> {
  const { release, actor } = reader
  const readable = new Set<string>()
  if (files.length === 0) return readable
  const links = await connection<{ file: string; entity: string; record: string; field: string }[]>`
    select file, entity, record, field from heddle.file_link where file = any(${files}::uuid[])`
  for (const { file, entity: id, record, field: fieldId } of links) {
    const entity = release.entityById(id)
    const field = [...(entity?.fields.values() ?? [])].find((each) => each.id === fieldId)
    if (readable.has(file) || entity === undefined || field === undefined) continue
    const grant = grantFor(release, actor, entity)
    if (!grant.verbs.has('read') || fieldAccess(grant, field.name) === 'none') continue
    const rows = await connection`select 1 from app.${connection(entity.table)} where id = ${record}`
    const [seen] = rows.length > 0 ? await readableIds({ reader, connection }, entity, [record]) : []
    if (seen !== undefined) readable.add(file)
  }
  return readable
}
