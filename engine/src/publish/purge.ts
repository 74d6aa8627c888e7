import type { Address, EntityStorage, Storage } from '@heddle/metadata'
import { nothingHidden } from '../errors.ts'
import type { Connection } from '../storage/connect.ts'
import type { LiveState } from './live-state.ts'
import { type Plan, planPlaces } from './plan.ts'
import { quoted, tableName } from './steps/step.ts'

/** Data that no definition shows any more. */
export interface HiddenData {
  /** `entity/<id>`, `entity/<id>/properties/<field id>`, or `entity/<id>/columns/<column>` for values before a change of type. */
  readonly address: Address
  /** What has to be typed to lose it. */
  readonly confirm: string
  readonly sql: string
  readonly entity: string
  readonly storage: Storage
}

/** Everything that is hidden in the live release. */
export function listHidden({ storage }: Pick<LiveState, 'storage'>): HiddenData[] {
  return Object.entries(storage.entities).flatMap(([id, stored]): HiddenData[] => {
    if (stored.hidden === true) {
      const { [id]: _gone, ...entities } = storage.entities
      const sql = `drop table ${tableName(stored.table)}`
      return [{ address: `entity/${id}`, confirm: id, sql, entity: id, storage: { ...storage, entities } }]
    }
    return hiddenColumns(stored).map(({ place, confirm, column, rest }) => ({
      address: `entity/${id}/${place}`,
      confirm,
      sql: `alter table ${tableName(stored.table)} drop column if exists ${quoted(column)}`,
      entity: id,
      storage: { ...storage, entities: { ...storage.entities, [id]: rest } },
    }))
  })
}

interface HiddenColumn {
  readonly place: string
  readonly confirm: string
  readonly column: string
  readonly rest: EntityStorage
}

function hiddenColumns(stored: EntityStorage): HiddenColumn[] {
  const fields = Object.entries(stored.fields).filter(([, field]) => field.hidden === true)
  return [
    ...fields.map(([id, { column }]) => {
      const { [id]: _gone, ...rest } = stored.fields
      return { place: `properties/${id}`, confirm: id, column, rest: { ...stored, fields: rest } }
    }),
    ...Object.keys(stored.retired ?? {}).map((column) => {
      const { [column]: _gone, ...retired } = stored.retired ?? {}
      const { retired: _retired, ...others } = stored
      const rest = Object.keys(retired).length === 0 ? others : { ...others, retired }
      return { place: `columns/${column}`, confirm: column, column, rest }
    }),
  ]
}

/** Plans a release in which hidden data is gone for good. @throws Fault 404 when nothing is hidden at the address */
export async function planPurge(connection: Connection, live: LiveState, address: Address): Promise<Plan> {
  const hidden = listHidden(live).find((each) => each.address === address)
  if (hidden === undefined) throw nothingHidden(address)
  const { confirm, sql, entity, storage } = hidden
  const plan = await planPlaces(connection, live, storage)
  const text = `Drop the hidden “${confirm}” for good.`
  // Its history goes too: a later entity of this identity must not find it.
  const events = `delete from heddle.event where entity = '${entity.replaceAll("'", "''")}'`
  const isEntity = live.storage.entities[entity]?.hidden === true
  const step = {
    class: 'destructive',
    address: `entity/${confirm}`,
    path: '',
    text,
    sql: isEntity ? [sql, events] : [sql],
    rows: 0,
    failingRows: [],
  } as const
  const changes = [{ address, path: '', from: { hidden: true }, to: null }]
  return { ...plan, changes, steps: [...plan.steps, step] }
}
