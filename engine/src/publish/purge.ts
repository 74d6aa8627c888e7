import type { Address, EntityStorage, Storage } from '@heddle/metadata'
import { linkTable } from '../field-types/link-tables.ts'
import type { Connection } from '../storage/connect.ts'
import { forgetField } from './forget-field.ts'
import type { LiveState } from './live-state.ts'
import { type Plan, planPlaces } from './plan.ts'
import { nothingHidden } from './publish-errors.ts'
import { quoted, tableName } from './steps/step.ts'

/** Data that no definition shows any more. */
export interface HiddenData {
  /** `entity/<id>`, `entity/<id>/properties/<field id>`, or `entity/<id>/columns/<column>` for values before a change of type. */
  readonly address: Address
  /** What has to be typed to lose it. */
  readonly confirm: string
  /** What takes the data and all that is known of it away. */
  readonly sql: readonly string[]
  readonly entity: string
  readonly storage: Storage
}

/** Everything that is hidden in the live release. */
export function listHidden({ storage }: Pick<LiveState, 'storage'>): HiddenData[] {
  return Object.entries(storage.entities).flatMap(([id, stored]): HiddenData[] => {
    if (stored.hidden === true) {
      const { [id]: _gone, ...entities } = storage.entities
      const sql = [`drop table ${tableName(stored.table)}`, ...forget(id)]
      return [{ address: `entity/${id}`, confirm: id, sql, entity: id, storage: { ...storage, entities } }]
    }
    return hiddenColumns(stored).map(({ place, confirm, column, isLink, field, rest }) => ({
      address: `entity/${id}/${place}`,
      confirm,
      sql: [
        isLink
          ? `drop table if exists ${tableName(linkTable(id, column))}`
          : `alter table ${tableName(stored.table)} drop column if exists ${quoted(column)}`,
        ...(field === undefined ? [] : forgetFiles(`entity = ${literal(id)} and field = ${literal(field)}`)),
      ],
      entity: id,
      storage: { ...storage, entities: { ...storage.entities, [id]: rest } },
    }))
  })
}

interface HiddenColumn {
  readonly place: string
  readonly confirm: string
  readonly column: string
  /** Values that have no column are links, in a table of their own. */
  readonly isLink: boolean
  /** Id of the field that goes with it; what a change of type left aside has a field that stays. */
  readonly field?: string
  readonly rest: EntityStorage
}

function hiddenColumns(stored: EntityStorage): HiddenColumn[] {
  const fields = Object.entries(stored.fields).filter(([, field]) => field.hidden === true)
  return [
    ...fields.map(([id, { column, columnType }]) => {
      const { [id]: _gone, ...rest } = stored.fields
      return {
        place: `properties/${id}`,
        confirm: id,
        column,
        isLink: columnType === '',
        field: id,
        rest: { ...stored, fields: rest },
      }
    }),
    ...Object.entries(stored.retired ?? {}).map(([column, columnType]) => {
      const { [column]: _gone, ...retired } = stored.retired ?? {}
      const { retired: _retired, ...others } = stored
      const rest = Object.keys(retired).length === 0 ? others : { ...others, retired }
      return { place: `columns/${column}`, confirm: column, column, isLink: columnType === '', rest }
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
  const stored = live.storage.entities[entity]
  const isEntity = stored?.hidden === true
  const links = isEntity ? await linkTablesOn(connection, stored.table) : []
  const step = {
    class: 'destructive',
    address: `entity/${confirm}`,
    path: '',
    text,
    sql: [...links.map((table) => `drop table ${tableName(table)}`), ...sql],
    rows: 0,
    failingRows: [],
  } as const
  const changes = [{ address, path: '', from: { hidden: true }, to: null }]
  const forgotten = {
    ...step,
    text: `Forget what is known of “${confirm}” besides.`,
    sql: forgetField(entity, address),
  }
  return { ...plan, changes, steps: [...plan.steps, step, forgotten] }
}

/** The tables of links to or from the records of a table. */
async function linkTablesOn(connection: Connection, table: string): Promise<string[]> {
  const rows = await connection<{ name: string }[]>`
    select distinct t.relname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
    where c.contype = 'f' and c.confrelid = to_regclass(${tableName(table)}) and starts_with(t.relname, 'link_')
      and t.relname <> ${table} order by 1`
  return rows.map(({ name }) => name)
}

/** The statements that forget what else is known of an entity's records; a later entity of this identity must not find it. */
function forget(entity: string): string[] {
  const known = `entity = ${literal(entity)}`
  return [
    ...forgetFiles(known),
    ...['event', 'comment', 'counter'].map((table) => `delete from heddle.${table} where ${known}`),
  ]
}

/** The statements that forget which files were referred to from a place, so that they are swept. */
function forgetFiles(place: string): string[] {
  return [
    `update heddle.file set unlinked_at = now() where id in (select file from heddle.file_link where ${place})
      and not exists (select 1 from heddle.file_link l where l.file = file.id and not (${place}))`,
    `delete from heddle.file_link where ${place}`,
  ]
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
