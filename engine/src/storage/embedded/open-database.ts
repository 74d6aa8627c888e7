import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { cannotConnect } from './embedded-errors.ts'
import type { Postmaster } from './find-server.ts'
import { type Cluster, superuser } from './make-cluster.ts'

/** How to reach the product's database: by `postgres(url, { path: socket })`, or by the url alone. */
export interface Address {
  url: string
  socket: string | undefined
}

const database = 'heddle'

/** The address of the product's database on a running server of this cluster. */
export async function addressOf(cluster: Cluster, { port, socketDirectory }: Postmaster): Promise<Address> {
  const password = (await readPassword(cluster.passwordFile)).trim()
  return {
    url: `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`,
    socket: socketDirectory ? join(socketDirectory, `.s.PGSQL.${port}`) : undefined,
  }
}

function readPassword(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error) => {
    throw cannotConnect(`the password cannot be read (${error.code})`, path)
  })
}

/**
 * Connects once and creates the product's database when it is missing. `refused` tells why the server did not let us in,
 * or that it serves another data folder.
 */
export async function openDatabase(address: Address, data: string): Promise<'open' | { refused: string }> {
  try {
    return await checkFolder(address, data)
  } catch (error) {
    if (!isMissingDatabase(error)) return { refused: reasonOf(error) }
  }
  try {
    await createDatabase(address)
    return await checkFolder(address, data)
  } catch (error) {
    return { refused: reasonOf(error) }
  }
}

function checkFolder(address: Address, data: string): Promise<'open' | { refused: string }> {
  return withConnection(address, database, async (sql) => {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row?.folder === data ? 'open' : { refused: `it serves ${row?.folder}` }
  })
}

const createDatabase = (address: Address) =>
  withConnection(address, 'postgres', (sql) => sql`create database ${sql(database)}`)

async function withConnection<T>(
  { url, socket }: Address,
  name: string,
  work: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const options = { database: name, max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} }
  const sql = postgres(url, socket ? { ...options, path: socket } : options)
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const isMissingDatabase = (error: unknown) => error instanceof postgres.PostgresError && error.code === '3D000'

const reasonOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error))
