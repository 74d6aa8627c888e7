import type { Entity } from '@heddle/metadata'
import { Fault, faultWithin } from '../errors.ts'
import type { Duplicates } from './duplicates.ts'
import { checkLineDuplicates, holdOffLines } from './line-duplicates.ts'
import { changedLines, type PreparedLine, type PreparedLines } from './prepare-lines.ts'
import { requireWritten } from './require-rows.ts'
import type { WriteContext } from './write-context.ts'
import { insertRecord, trashRecord, updateRecord } from './write-record.ts'

/**
 * Makes a record's lines what was prepared: known ones are updated, new ones created, the others go to the trash. Runs in
 * the parent's transaction, under its version.
 * Gives the lines that rules against duplicates warn of.
 * @throws Fault with paths that lead to the line
 */
export async function writeLines(
  context: WriteContext,
  parentId: string,
  prepared: PreparedLines,
): Promise<Duplicates[]> {
  await holdOffLines(context, parentId, prepared)
  const ids: string[] = []
  for (const [position, line] of prepared.lines.entries()) {
    try {
      ids[position] = await writeLine(context, parentId, prepared, { ...line, position })
    } catch (error) {
      throw error instanceof Fault ? faultWithin(error, `/${prepared.field.name}/${position}`) : error
    }
  }
  await requireWritten(
    context,
    prepared.child,
    ids.filter((_, index) => prepared.lines[index]?.current === undefined),
    'create',
  )
  await requireWritten(context, prepared.child, changedLines(prepared), 'update')
  for (const line of prepared.gone) await trashRecord(context, prepared.child, line, 'deleted')
  return checkLineDuplicates(context, parentId, prepared, ids)
}

async function writeLine(
  context: WriteContext,
  parentId: string,
  { child, by }: PreparedLines,
  { current, values, position }: PreparedLine & { readonly position: number },
): Promise<string> {
  if (current === undefined) {
    const { id } = await insertRecord(context, child, { ...values, [by.name]: parentId }, { position })
    return id
  }
  await updateRecord(context, child, current, values)
  if (current.position !== position) await movePosition(context, child, current.id, position)
  return current.id
}

async function movePosition(context: WriteContext, child: Entity, id: string, position: number): Promise<void> {
  const { connection, changes } = context
  await connection`update app.${connection(child.table)} set _position = ${position} where id = ${id}`
  changes.push({ entity: child, ids: [id], fields: new Set(['_position']), left: new Map() })
}
