import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { connect, type Database, type PoolOptions } from '../storage/connect.ts'

/** A database of one test file, cloned from the migrated template. */
export interface TestDatabase {
  readonly url: string
  readonly sql: Database
  /** The server itself, by another database. */
  readonly server: Database
  drop(): Promise<void>
}

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's URL of the test server, naming the template database. */
    templateUrl: string
  }
}

/** Clones the template database (about 0.1 s). Drop it in `afterAll`. */
export async function createTestDatabase(options: Pick<PoolOptions, 'statementMs'> = {}): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'))
  const templateName = template.pathname.slice(1)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const server = connect(Object.assign(new URL(template), { pathname: '/postgres' }).href, { max: 1 })
  await server.unsafe(`create database ${name} template ${templateName}`)
  const url = Object.assign(new URL(template), { pathname: `/${name}` }).href
  const sql = connect(url, { max: 16, ...options })
  return {
    url,
    sql,
    server,
    drop: async () => {
      await sql.end({ timeout: 1 })
      await server.unsafe(`drop database if exists ${name} with (force)`)
      await server.end({ timeout: 1 })
    },
  }
}
