import { asObject, type Entity, type Field, type JsonObject } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { missingReference } from '../errors.ts'
import { runRows } from '../storage/statement.ts'
import { columnSql, tableOf } from './projection.ts'
import { currentColumns } from './read-current.ts'
import { statementFor } from './statement-cache.ts'
import { linesFields, withDefaults } from './validate-record.ts'
import { insertRecord, trashRecord, updateRecord, type WriteContext } from './write-record.ts'

/** The given lines of each lines field, taken out of a record's values. */
export function splitLines(
  entity: Entity,
  values: JsonObject,
): { readonly own: JsonObject; readonly lines: readonly { field: Field; rows: readonly JsonObject[] }[] } {
  const fields = linesFields(entity).filter((field) => Array.isArray(values[field.name]))
  if (fields.length === 0) return { own: values, lines: [] }
  const own = { ...values }
  const lines = fields.map((field) => {
    const rows = values[field.name]
    delete own[field.name]
    return { field, rows: Array.isArray(rows) ? rows.map(asObject) : [] }
  })
  return { own, lines }
}

/**
 * Makes the parent's lines what was given: rows with an id are updated, others created, missing ones go to the trash.
 * Runs in the parent's transaction, under its version.
 */
export async function writeLines(
  context: WriteContext,
  parentId: string,
  { field, rows }: { readonly field: Field; readonly rows: readonly JsonObject[] },
): Promise<void> {
  const child = context.reader.release.entity(String(field.settings.entity))
  const by = child?.fields.get(String(field.settings.by))
  if (child === undefined || by === undefined) return
  const existing = await readLines(context, child, by, parentId)
  const kept = new Set<string>()
  for (const [position, row] of rows.entries()) {
    const { id, ...values } = row
    if (id === undefined || id === null) {
      await insertRecord(context, child, withDefaults(child, { ...values, [by.name]: parentId }), { position })
      continue
    }
    const current = existing.get(String(id))
    if (current === undefined) {
      throw missingReference(
        `/${field.name}/${position}/id`,
        'This line is not one of the record; leave its “id” out to add it.',
      )
    }
    kept.add(String(id))
    await updateRecord(context, child, current, values)
    if (current.position !== position) await movePosition(context, child, current.id, position)
  }
  for (const [id, current] of existing) if (!kept.has(id)) await trashRecord(context, child, current, 'deleted')
}

interface Line {
  readonly id: string
  readonly version: number
  readonly position: number | null
  readonly values: JsonObject
}

async function readLines(
  { connection, reader }: WriteContext,
  child: Entity,
  by: Field,
  parentId: string,
): Promise<Map<string, Line>> {
  const statement = statementFor(
    reader.release,
    `lines ${child.name} ${by.name}`,
    () => sql`select t.id, t.version, t._position as position, ${currentColumns(child)} as values
      from ${tableOf(child, 't')}
      where ${columnSql('t', by.column)} = ${sql.placeholder('parent')} and t.deleted_at is null for update of t`,
  )
  const rows = await runRows<{ id: string; version: number; position: number | null; values: string }>(
    connection,
    statement,
    { parent: parentId },
  )
  return new Map(rows.map((row) => [row.id, { ...row, values: asObject(JSON.parse(row.values)) }]))
}

async function movePosition({ connection }: WriteContext, child: Entity, id: string, position: number): Promise<void> {
  await connection`update app.${connection(child.table)} set _position = ${position} where id = ${id}`
}
