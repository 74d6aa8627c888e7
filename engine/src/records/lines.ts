import type { Entity } from '@heddle/metadata'
import type { PreparedLines } from './prepare-lines.ts'
import { insertRecord, trashRecord, updateRecord, type WriteContext } from './write-record.ts'

/**
 * Makes a record's lines what was prepared: known ones are updated, new ones created, the others go to the trash. Runs in
 * the parent's transaction, under its version.
 */
export async function writeLines(context: WriteContext, parentId: string, prepared: PreparedLines): Promise<void> {
  const { child, by } = prepared
  for (const [position, { current, values }] of prepared.lines.entries()) {
    if (current === undefined) {
      await insertRecord(context, child, { ...values, [by.name]: parentId }, { position })
      continue
    }
    await updateRecord(context, child, current, values)
    if (current.position !== position) await movePosition(context, child, current.id, position)
  }
  for (const line of prepared.gone) await trashRecord(context, child, line, 'deleted')
}

async function movePosition(context: WriteContext, child: Entity, id: string, position: number): Promise<void> {
  const { connection, changes } = context
  await connection`update app.${connection(child.table)} set _position = ${position} where id = ${id}`
  changes.push({ entity: child, ids: [id], fields: new Set(['_position']), left: new Map() })
}
