import { asObject, type Entity, type JsonObject, type RelatedNeeds, relatedNeeds } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { runRows } from '../storage/statement.ts'
import { isUuid } from '../storage/uuid.ts'
import { columnSql, tableOf } from './projection.ts'
import { currentColumns } from './read-current.ts'
import { statementFor } from './statement-cache.ts'
import type { WriteContext } from './write-record.ts'

/**
 * The records that expressions read through lookups, for each of `rows`: by the lookup's name, nested as deep as needed.
 * Rules see them whole, whoever acts.
 */
export async function loadRelated(
  context: WriteContext,
  entity: Entity,
  rows: readonly JsonObject[],
  needs: RelatedNeeds,
): Promise<JsonObject[]> {
  const related: JsonObject[] = rows.map(() => ({}))
  for (const [lookup, inner] of needs.lookups) {
    const target = context.reader.release.entity(String(entity.fields.get(lookup)?.settings.entity))
    const ids = [
      ...new Set(rows.map((row) => row[lookup]).filter((id): id is string => typeof id === 'string' && isUuid(id))),
    ]
    if (target === undefined || ids.length === 0) continue
    const found = await readByIds(context, target, ids)
    const deeper = await loadRelated(context, target, found, inner)
    const byId = new Map(found.map((record, index) => [record.id, { ...record, ...deeper[index] }]))
    rows.forEach((row, index) => {
      const record = byId.get(row[lookup] ?? null)
      const place = related[index]
      if (record !== undefined && place !== undefined) place[lookup] = record
    })
  }
  return related
}

/** The same for the lines of a record, by the name of their field, as far as the record's own expressions look there. */
export async function loadRelatedOfLines(
  context: WriteContext,
  entity: Entity,
  { values, lines }: { readonly values: JsonObject; readonly lines: JsonObject },
): Promise<JsonObject> {
  const { release } = context.reader
  const related: JsonObject = {}
  for (const [name, needs] of relatedNeeds(release, entity).lines) {
    const settings = entity.fields.get(name)?.settings
    const [child, by] = [release.entity(String(settings?.entity)), String(settings?.by)]
    const rows = lines[name]
    if (child === undefined || !Array.isArray(rows) || needs.lookups.size === 0) continue
    const others = new Map([...needs.lookups].filter(([lookup]) => lookup !== by))
    const found = await loadRelated(context, child, rows.map(asObject), { ...needs, lookups: others })
    related[name] = needs.lookups.has(by) ? found.map((each) => ({ ...each, [by]: values })) : found
  }
  return related
}

async function readByIds(
  { connection, reader }: WriteContext,
  entity: Entity,
  ids: readonly string[],
): Promise<JsonObject[]> {
  const statement = statementFor(
    reader.release,
    `related ${entity.name}`,
    () => sql`select ${currentColumns(entity)} as values from ${tableOf(entity, 't')}
      where ${columnSql('t', 'id')} = any(${sql.placeholder('ids')}::uuid[])`,
  )
  const found = await runRows<{ values: string }>(connection, statement, { ids })
  return found.map(({ values }) => asObject(JSON.parse(values)))
}
