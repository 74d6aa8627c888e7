import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { hashKey } from './resolve-actor.ts'

/** A person to create; without a password nobody can sign in as them. */
export interface NewUser {
  readonly id?: string
  readonly email: string
  readonly name: string
  readonly password?: string | undefined
  readonly roles: readonly string[]
  readonly departmentId?: string | undefined
  readonly managerId?: string | undefined
}

/** Creates a person with a credential; returns the id. The e-mail must be free. */
export async function createUser(connection: Connection, user: NewUser): Promise<string> {
  const id = user.id ?? uuidv7()
  await connection`
    insert into heddle.user (id, name, email, email_verified, roles, department_id, manager_id)
    values (${id}, ${user.name}, ${user.email.toLowerCase()}, true, ${[...user.roles]}, ${user.departmentId ?? null},
            ${user.managerId ?? null})`
  if (user.password !== undefined) {
    await connection`
      insert into heddle.account (id, account_id, provider_id, user_id, password)
      values (${uuidv7()}, ${id}, 'credential', ${id}, ${await hashPassword(user.password)})`
  }
  return id
}

/** Creates an API key and returns it; it cannot be read again. */
export async function createApiKey(
  connection: Connection,
  key: { readonly name: string; readonly roles: readonly string[]; readonly createdBy?: string },
): Promise<string> {
  const secret = `hdl_${randomBytes(24).toString('base64url')}`
  await connection`
    insert into heddle.api_key (id, name, hash, prefix, roles, created_by)
    values (${uuidv7()}, ${key.name}, ${hashKey(secret)}, ${secret.slice(0, 8)}, ${[...key.roles]}, ${key.createdBy ?? null})`
  return secret
}
