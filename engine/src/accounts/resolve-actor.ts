import type { Actor } from '../access/actor.ts'
import { readScopes } from '../access/scopes.ts'
import type { Database } from '../storage/connect.ts'
import { Lru } from '../storage/lru.ts'
import { hashKey } from './api-keys.ts'
import { type Auth, calling } from './auth.ts'
import { noteUse } from './note-use.ts'

/** Finds the actor of a request; answers are cached until something about people, sessions or keys changes. */
export interface ActorResolver {
  /** The actor, undefined when nobody is signed in. */
  resolve(headers: Headers): Promise<Actor | undefined>
  /** Forgets everything: a session ended, a key was revoked, a person changed. */
  clear(): void
}

interface Cached {
  readonly actor: Actor
  readonly until: number
}

// Bounds how long a session deleted behind the product's back stays valid.
const lifetimeMs = 30_000

export function createActorResolver(database: Database, auth: Auth, now: () => number = Date.now): ActorResolver {
  const cache = new Lru<string, Cached>(10_000)
  // What was read before something was forgotten may be what changed.
  let age = 0
  const remember = (credential: string, found: Found | undefined, readAt: number) => {
    if (found === undefined) return undefined
    const { actor, expiresAt } = found
    if (readAt === age) cache.set(credential, { actor, until: Math.min(now() + lifetimeMs, expiresAt) })
    noteUse(database, actor)
    return actor
  }
  return {
    resolve: async (headers) => {
      const authorization = headers.get('authorization')
      const cookie = headers.get('cookie')
      const credential = authorization ?? cookie
      if (credential === null) return undefined
      const known = cache.get(credential)
      if (known !== undefined && known.until > now()) return known.actor
      const readAt = age
      const find = authorization === null ? findSession(database, auth, headers) : findKey(database, authorization)
      return remember(credential, await find, readAt)
    },
    clear: () => {
      age++
      cache.clear()
    },
  }
}

interface Found {
  readonly actor: Actor
  readonly expiresAt: number
}

async function findKey(database: Database, authorization: string): Promise<Found | undefined> {
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1]
  if (key === undefined) return undefined
  const [row] = await database`
    select id, name, roles, scopes::text as scopes, expires_at from heddle.api_key
    where hash = ${hashKey(key)} and revoked_at is null and (expires_at is null or expires_at > now())`
  if (row === undefined) return undefined
  const expiresAt = row.expires_at instanceof Date ? row.expires_at.getTime() : Number.POSITIVE_INFINITY
  return {
    expiresAt,
    actor: {
      kind: 'key',
      id: row.id,
      name: row.name,
      email: undefined,
      roles: row.roles,
      departmentId: undefined,
      departmentIds: [],
      positionIds: [],
      managerId: undefined,
      departmentsBelow: [],
      subordinateIds: [],
      locale: undefined,
      scopes: readScopes(row.scopes),
    },
  }
}

async function findSession(database: Database, auth: Auth, headers: Headers): Promise<Found | undefined> {
  const found = await calling(auth.api.getSession({ headers }))
  if (found === null) return undefined
  const actor = await findUser(database, found.user.id)
  if (actor === undefined) return undefined
  return { actor: { ...actor, sessionId: found.session.id }, expiresAt: found.session.expiresAt.getTime() }
}

/** The person as actor, undefined when unknown or disabled. */
export async function findUser(database: Database, id: string): Promise<Actor | undefined> {
  const [row] = await database`
    with recursive place as (
      select department_id as id from heddle."user" where id = ${id} and department_id is not null
      union select department_id from heddle.user_department where user_id = ${id}
    ), below as (
      select id from place union select d.id from heddle.department d join below on d.parent_id = below.id
    ), managed as (
      select id from heddle."user" where manager_id = ${id}
      union select u.id from heddle."user" u join managed on u.manager_id = managed.id
    )
    select id, name, email, roles, department_id, manager_id, locale,
      array(select d.department_id from heddle.user_department d where d.user_id = u.id order by 1) as departments,
      array(select p.position_id from heddle.user_position p where p.user_id = u.id order by 1) as positions,
      array(select id from below) as below, array(select id from managed) as managed
    from heddle."user" u where id = ${id} and disabled_at is null`
  if (row === undefined) return undefined
  return {
    kind: 'user',
    id: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    departmentId: row.department_id ?? undefined,
    departmentIds: row.departments,
    positionIds: row.positions,
    managerId: row.manager_id ?? undefined,
    departmentsBelow: row.below,
    subordinateIds: row.managed,
    locale: row.locale ?? undefined,
  }
}
