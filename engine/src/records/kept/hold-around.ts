import {
  type Entity,
  type Hop,
  type JsonObject,
  type KeyedMemory,
  keptFields,
  type Release,
  rememberBy,
} from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnSql, tableOf } from '../../filters/record-tables.ts'
import type { Connection } from '../../storage/connect.ts'
import { runRows } from '../../storage/statement.ts'
import { isUuid } from '../../storage/uuid.ts'
import { statementFor } from '../statement-cache.ts'
import { lockOrderOf } from './lock-order.ts'
import type { MaintainContext } from './maintain-context.ts'

/** Records about to be written. */
export interface Written {
  /** Those that exist. */
  readonly ids?: readonly string[]
  /** New or changed values, of which the lookups count. */
  readonly values?: readonly JsonObject[]
}

/**
 * Before records are written, holds what they look up as far as stored formulas need it: those that the write decides
 * itself, so that everyone takes them first; and those that formulas read through a new pointer, so that whoever changes
 * them at the same time either is seen or sees it. A lone statement has no need of either.
 */
export async function holdAround(
  context: MaintainContext,
  entity: Entity,
  { ids = [], values = [] }: Written,
): Promise<void> {
  const { connection, reader } = context
  if (!('savepoint' in connection)) return
  const given = (lookup: string) => {
    const pointers = values.map((each) => each[lookup])
    return [...new Set(pointers.filter((id) => typeof id === 'string' && isUuid(id)))]
  }
  const holds = holdsOf(reader.release, entity)
  const wanted = holds.filter(
    ({ ways }) =>
      (ids.length > 0 && ways.some(({ isUp }) => isUp)) || ways.some(({ lookup }) => given(lookup).length > 0),
  )
  // What is far once more, the nearest first: before they were held, those on the way could point elsewhere.
  const far = wanted.filter(isFar).sort((a, b) => lengthOf(a) - lengthOf(b))
  for (const hold of [...wanted, ...far]) {
    const shape = `hold ${entity.name} ${hold.target.name}`
    const statement = statementFor(reader.release, shape, () => holdSql(hold))
    const pointers = hold.ways.map(({ lookup }) => [`given_${lookup}`, given(lookup)])
    const rows = await runRows<{ id: string }>(connection, statement, { ids, ...Object.fromEntries(pointers) })
    if (hold.ways.some(({ isUp }) => isUp)) remember(connection, hold.target, rows)
  }
}

/** Records of one entity that writes of another hold. */
interface Hold {
  readonly target: Entity
  readonly ways: readonly HoldWay[]
  /** They will be written, or may be: two that wait for each other's weak lock to grow wait for ever. */
  readonly isFirm: boolean
}

interface HoldWay {
  readonly hops: readonly Hop[]
  /** Name of the first of the lookups. */
  readonly lookup: string
  /** True when the write decides what is there, whether or not the pointer is new. */
  readonly isUp: boolean
}

const memory: KeyedMemory<readonly Hold[]> = new WeakMap()

function holdsOf(release: Release, entity: Entity): readonly Hold[] {
  return rememberBy(memory, release, entity.name, () => findHolds(release, entity))
}

function findHolds(release: Release, entity: Entity): Hold[] {
  const order = lockOrderOf(release)
  const climbs = order.climbs(entity.name)
  // Where nothing is read from above, all locks go up and meet in no other order.
  const isMixed = climbs.some((hops) => order.isWalkedTo(hops.at(-1)?.to.name ?? ''))
  const ways = [
    ...order.walks(entity.name).map((hops) => ({ hops, isUp: false })),
    ...(isMixed ? climbs : []).map((hops) => ({ hops, isUp: true })),
  ]
  const byTarget = new Map<Entity, HoldWay[]>()
  for (const { hops, isUp } of ways) {
    const target = hops.at(-1)?.to ?? entity
    byTarget.set(target, [...(byTarget.get(target) ?? []), { hops, isUp, lookup: hops[0]?.field.name ?? '' }])
  }
  return [...byTarget]
    .map(([target, ways]) => ({
      target,
      ways,
      isFirm: ways.some(({ isUp }) => isUp) || keptFields(release, target).length > 0,
    }))
    .sort((a, b) => order.place(a.target.name) - order.place(b.target.name))
}

/** True when writes of the entity decide what other records hold that formulas read again. */
export function holdsAbove(release: Release, entity: Entity): boolean {
  return holdsOf(release, entity).some(({ ways }) => ways.some(({ isUp }) => isUp))
}

function isFar(hold: Hold): boolean {
  return lengthOf(hold) > 1
}

function lengthOf({ ways }: Hold): number {
  return Math.max(...ways.map(({ hops }) => hops.length))
}

function holdSql({ target, ways, isFirm }: Hold): SQL {
  const ids = sql.join(ways.map(idsAtEnd), sql` || `)
  const strength = sql.raw(isFirm ? 'no key update' : 'share')
  return sql`select t.id from ${tableOf(target, 't')} where t.id = any(${ids}) order by t.id for ${strength}`
}

/** The records that a way leads to from the given pointers, and from the records themselves where it leads up. */
function idsAtEnd({ hops: [first, ...rest], lookup, isUp }: HoldWay): SQL {
  const given = sql`${sql.placeholder(`given_${lookup}`)}::uuid[]`
  const own = sql`${sql.placeholder('ids')}::uuid[]`
  const start = first !== undefined && isUp ? sql`(${pointersOf(first, own)} || ${given})` : given
  return rest.reduce<SQL>((ids, hop) => pointersOf(hop, ids), start)
}

function pointersOf({ from, field }: Hop, ids: SQL): SQL {
  return sql`array(select ${columnSql('h', field.column)} from ${tableOf(from, 'h')} where h.id = any(${ids}))`
}

const held = new WeakMap<Connection, Map<string, Set<string>>>()

function remember(connection: Connection, { name }: Entity, rows: readonly { readonly id: string }[]): void {
  const known = held.get(connection) ?? new Map<string, Set<string>>()
  held.set(connection, known)
  const ids = known.get(name) ?? new Set<string>()
  known.set(name, ids)
  for (const { id } of rows) ids.add(id)
}

/** True when the transaction holds all of these already, and what is above them. */
export function isHeld(connection: Connection, { name }: Entity, ids: readonly string[]): boolean {
  const known = held.get(connection)?.get(name)
  return known !== undefined && ids.every((id) => known.has(id))
}
