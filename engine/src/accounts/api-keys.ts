import { createHash, randomBytes } from 'node:crypto'
import type { JsonObject } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'

/** An API key to make; without scopes it may do whatever its roles may, without an expiry it holds until revoked. */
export interface NewApiKey {
  readonly name: string
  readonly roles: readonly string[]
  readonly scopes?: JsonObject | undefined
  readonly expiresAt?: Date | undefined
  readonly createdBy?: string | undefined
}

/** SHA-256 of an API key, the only form that is stored. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Creates an API key and returns it; it cannot be read again. */
export async function createApiKey(connection: Connection, key: NewApiKey): Promise<string> {
  return (await insertApiKey(connection, key)).secret
}

/** Creates an API key; answers its id as well. */
export async function insertApiKey(connection: Connection, key: NewApiKey): Promise<{ id: string; secret: string }> {
  const id = uuidv7()
  const secret = `hdl_${randomBytes(24).toString('base64url')}`
  const scopes = key.scopes === undefined ? null : JSON.stringify(key.scopes)
  await connection`
    insert into heddle.api_key (id, name, hash, prefix, roles, scopes, expires_at, created_by)
    values (${id}, ${key.name}, ${hashKey(secret)}, ${secret.slice(0, 8)}, ${[...key.roles]}, ${scopes}::json,
            ${key.expiresAt ?? null}, ${key.createdBy ?? null})`
  return { id, secret }
}

/** The keys that are not revoked, newest first; none of their secrets. */
export async function listApiKeys(connection: Connection): Promise<object[]> {
  const rows = await connection<{ scopes: string | null }[]>`select ${columns(connection)}
    where k.revoked_at is null order by k.created_at desc, k.id`
  return rows.map(told)
}

/** One key; undefined when there is none of this id. */
export async function readApiKey(connection: Connection, id: string): Promise<object | undefined> {
  const [row] = await connection<{ scopes: string | null }[]>`select ${columns(connection)} where k.id = ${id}`
  return row && told(row)
}

/** Stops a key for good; false when there is none of this id that holds. */
export async function revokeApiKey(connection: Connection, id: string): Promise<boolean> {
  const revoked = await connection`
    update heddle.api_key set revoked_at = now() where id = ${id} and revoked_at is null`
  return revoked.count > 0
}

function columns(connection: Connection) {
  return connection`
    k.id, k.name, k.prefix, k.roles, k.scopes::text as scopes, k.expires_at as "expiresAt", k.used_at as "usedAt",
    k.created_at as "createdAt",
    (select json_build_object('id', u.id, 'name', u.name)::text from heddle."user" u where u.id = k.created_by) as "createdBy"
    from heddle.api_key k`
}

function told({ scopes, createdBy, ...row }: { scopes: string | null; createdBy?: string | null }): object {
  return { ...row, scopes: parsed(scopes), createdBy: parsed(createdBy ?? null) }
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text)
}
