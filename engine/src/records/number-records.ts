import {
  type Clock,
  type Entity,
  formatNumber,
  type JsonObject,
  type NumberedField,
  numberedFields,
  todayOf,
} from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'

/** Where numbers are taken: in the transaction of the write, or before it where they may have holes. */
export interface NumberingContext {
  readonly connection: Connection
  readonly clock: Clock
}

/**
 * New records with their numbers, in order; those that have one keep it. In a transaction nobody else gets a number of
 * the same field until it ends, and its numbers are given again when it fails.
 */
export async function numberRecords(
  context: NumberingContext,
  entity: Entity,
  records: readonly JsonObject[],
): Promise<JsonObject[]> {
  let numbered = [...records]
  for (const each of numberedFields(entity)) numbered = await numberField(context, entity, each, numbered)
  return numbered
}

async function numberField(
  { connection, clock }: NumberingContext,
  entity: Entity,
  { field, numbering }: NumberedField,
  records: readonly JsonObject[],
): Promise<JsonObject[]> {
  const isNew = ({ [field.name]: value }: JsonObject) => value === undefined || value === null
  const wanted = records.filter(isNew).length
  if (wanted === 0) return [...records]
  const day = todayOf(clock)
  const key = { entity: entity.id, field: field.id, period: day.slice(0, numbering.periodLength) }
  let next = (await advance(connection, key, wanted)) - wanted
  return records.map((record) => {
    if (!isNew(record)) return record
    next += 1
    return { ...record, [field.name]: formatNumber(numbering, day, next) }
  })
}

/** Moves a counter on and gives the last number it now stands at. */
async function advance(
  connection: Connection,
  { entity, field, period }: { entity: string; field: string; period: string },
  by: number,
): Promise<number> {
  const [row] = await connection<{ value: string }[]>`
    insert into heddle.counter as c (entity, field, period, value) values (${entity}, ${field}, ${period}, ${by})
    on conflict (entity, field, period) do update set value = c.value + excluded.value returning value`
  if (row === undefined) throw new Error('The counter was not moved.')
  return Number(row.value)
}
