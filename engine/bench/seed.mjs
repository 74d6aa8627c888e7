// The same rows on both sides, by SQL.
import postgres from 'postgres'
import { COLUMNS, seedSelect } from './data.mjs'

const baselineSchema = `
create extension if not exists pg_trgm;
create type customer_level as enum ('lead','prospect','active','vip','churned');
create table customer (
  id uuid primary key, name text not null, industry text, level customer_level not null, phone text, email text, annual_revenue numeric, owner_id uuid, tags text[],
  website text, address text, city text, country text, source text, employees integer, score double precision, is_active boolean, last_contact_at timestamptz, notes text,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create index on customer (level, created_at desc, id desc);
create index on customer using gin (name gin_trgm_ops);`

/** Makes and fills the opponent's table. */
export async function seedBaseline(url, rows) {
  const columns = ['id', ...COLUMNS, 'created_at', 'updated_at']
  const values = columns.map((column) => (column === 'level' ? 'level::customer_level' : column))
  await runAll(url, [
    baselineSchema,
    `insert into customer (${columns}) select ${values} from (${seedSelect(rows)}) s`,
    'vacuum analyze customer',
    'checkpoint',
  ])
}

/** The search tokens of a name of letters and digits as the engine makes them. */
export const searchTokens = "array_to_tsvector(string_to_array(lower(name), ' '))"

/** Fills the published entity's table. */
export async function seedHeddle(url, rows) {
  const columns = ['id', ...COLUMNS, 'created_at', 'updated_at']
  await runAll(url, [
    `insert into app.bench_customer (${columns}, _search)
     select ${columns.map(stored)}, ${searchTokens} from (${seedSelect(rows)}) s`,
    'vacuum analyze',
    'checkpoint',
  ])
}

function stored(column) {
  return ['tags', 'is_active', 'last_contact_at'].includes(column) ? `${column}::text` : column
}

/** Rows of one query, for what no API tells. */
export async function query(url, text) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await sql.unsafe(text)
  } finally {
    await sql.end()
  }
}

async function runAll(url, statements) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    for (const statement of statements) await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
