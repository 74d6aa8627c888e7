import { createHash } from 'node:crypto'
import type { Json } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'

const hashes = new WeakMap<object, string>()

/** The content address of a JSON value: SHA-256 of its text, key order included. */
export function hashOf(body: Json): string {
  if (typeof body !== 'object' || body === null) return digest(JSON.stringify(body))
  const known = hashes.get(body)
  if (known !== undefined) return known
  const hash = digest(JSON.stringify(body))
  hashes.set(body, hash)
  return hash
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** Stores bodies by their content address; those already there cost nothing. */
export async function saveBlobs(connection: Connection, bodies: Iterable<Json>): Promise<void> {
  const rows = new Map<string, string>()
  for (const body of bodies) rows.set(hashOf(body), JSON.stringify(body))
  if (rows.size === 0) return
  await connection`
    insert into heddle.blob (hash, body)
    select * from unnest(${[...rows.keys()]}::text[], ${[...rows.values()]}::text[]::json[])
    on conflict do nothing`
}

/** Loads bodies by content address. */
export async function loadBlobs(connection: Connection, wanted: Iterable<string>): Promise<Map<string, Json>> {
  const rows = await connection<{ hash: string; body: string }[]>`
    select hash, body::text as body from heddle.blob where hash = any(${[...new Set(wanted)]})`
  return new Map(
    rows.map(({ hash, body }) => {
      const value: Json = JSON.parse(body)
      if (typeof value === 'object' && value !== null) hashes.set(value, hash)
      return [hash, value]
    }),
  )
}
