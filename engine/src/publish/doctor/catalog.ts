import type { Connection } from '../../storage/connect.ts'

/** What the database really has in the schema of records. */
export interface Catalog {
  /** Types of the columns by table and column, as PostgreSQL spells them. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Indexes and constraints by name; a broken one guards nothing or not all rows. */
  readonly objects: ReadonlyMap<
    string,
    { readonly table: string; readonly kind: 'index' | 'constraint'; readonly isBroken: boolean }
  >
  /** Tables of triggers by the trigger's name. */
  readonly triggers: ReadonlyMap<string, string>
}

/** Reads the catalog. */
export async function readCatalog(connection: Connection): Promise<Catalog> {
  const columns = await connection<{ table: string; column: string | null; type: string | null }[]>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' order by 1, a.attnum`
  const objects = await connection<{ name: string; table: string; kind: 'index' | 'constraint'; broken: boolean }[]>`
    select i.relname as name, t.relname as table, 'index' as kind, not x.indisvalid as broken
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relnamespace = 'app'::regnamespace and not x.indisprimary
    union all
    select c.conname, t.relname, 'constraint', not c.convalidated
    from pg_constraint c join pg_class t on t.oid = c.conrelid
    where t.relnamespace = 'app'::regnamespace and c.contype in ('c', 'f')`
  const triggers = await connection<{ name: string; table: string }[]>`
    select g.tgname as name, t.relname as table from pg_trigger g join pg_class t on t.oid = g.tgrelid
    where t.relnamespace = 'app'::regnamespace and not g.tgisinternal`
  const tables = new Map<string, Map<string, string>>()
  for (const { table, column, type } of columns) {
    const known = tables.get(table) ?? new Map<string, string>()
    tables.set(table, known)
    if (column !== null && type !== null) known.set(column, type)
  }
  return {
    tables,
    objects: new Map(objects.map(({ name, broken, ...object }) => [name, { ...object, isBroken: broken }])),
    triggers: new Map(triggers.map(({ name, table }) => [name, table])),
  }
}

/** Names of column types as PostgreSQL spells them, by the names that fields give. */
export async function spellTypes(connection: Connection, types: Iterable<string>): Promise<Map<string, string>> {
  const rows = await connection<{ type: string; spelled: string }[]>`
    select type, format_type(to_regtype(type), null) as spelled
    from unnest(${[...new Set(types)]}::text[]) as wanted (type) where to_regtype(type) is not null`
  return new Map(rows.map(({ type, spelled }) => [type, spelled]))
}
