import { asObject, asText, asTexts, type JsonObject } from '@heddle/metadata'
import { Hono } from 'hono'
import { findEntity } from '../access/entity-lookup.ts'
import { grantFor, mayDo, requireSystem } from '../access/grant.ts'
import { type FieldError, invalidRecord, unknownRecord } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { inTransaction, sqlState } from '../storage/in-transaction.ts'
import { isUuid } from '../storage/uuid.ts'
import { forgetActors } from './actors-channel.ts'
import { createDepartment, listDepartments } from './departments.ts'
import { createUser, listUsers, updateUser } from './users.ts'

/** `/api/me`, `/api/users`, `/api/departments`: the actor, people and the organisation. */
export function accountRoutes(services: Services): Hono<Environment> {
  const { database } = services
  const routes = new Hono<Environment>()

  routes.get('/me', (c) => {
    const { actor, release } = c.var
    const grants = release.entityNames.flatMap((name) => {
      const entity = release.entity(name)
      return entity === undefined ? [] : [{ name, ...grantFor(release, actor, entity) }]
    })
    const limited = grants.filter(({ restricted }) => restricted.size > 0)
    return c.json({
      user: { id: actor.id, name: actor.name, email: actor.email ?? null, kind: actor.kind },
      roles: actor.roles,
      department: actor.departmentId ?? null,
      locale: actor.locale ?? null,
      system: (['design', 'administer'] as const).filter((verb) => mayDo(release, actor, verb)),
      verbs: Object.fromEntries(grants.map(({ name, verbs }) => [name, [...verbs]])),
      fields: Object.fromEntries(limited.map(({ name, restricted }) => [name, Object.fromEntries(restricted)])),
    })
  })
  routes.get('/me/views/:entity', async (c) => {
    const entity = findEntity(c.var.release, c.req.param('entity'))
    const [row] = await database<{ body: string }[]>`
      select body::text as body from heddle.view_setting where user_id = ${c.var.actor.id} and entity = ${entity.id}`
    return c.json(row === undefined ? {} : JSON.parse(row.body))
  })
  routes.put('/me/views/:entity', async (c) => {
    const entity = findEntity(c.var.release, c.req.param('entity'))
    const body = asObject(await readJson(c))
    await database`
      insert into heddle.view_setting (user_id, entity, body)
      select ${c.var.actor.id}, ${entity.id}, ${JSON.stringify(body)}::json
      where exists (select 1 from heddle.user where id = ${c.var.actor.id})
      on conflict (user_id, entity) do update set body = excluded.body`
    return c.json(body)
  })

  routes.get('/users', async (c) => {
    const isAdministrator = mayDo(c.var.release, c.var.actor, 'administer')
    return c.json({ items: await listUsers(database, isAdministrator ? 'whole' : 'names') })
  })
  routes.post('/users', async (c) => {
    requireSystem(c.var.release, c.var.actor, 'administer')
    const user = parseUser(asObject(await readJson(c)))
    const id = await orTaken('/email', () => inTransaction(database, (transaction) => createUser(transaction, user)))
    return c.json({ id, email: user.email, name: user.name, roles: user.roles }, 201)
  })
  routes.patch('/users/:id', async (c) => {
    requireSystem(c.var.release, c.var.actor, 'administer')
    const id = c.req.param('id')
    if (!isUuid(id)) throw unknownRecord()
    const updated = await orTaken('/email', async () => updateUser(database, id, asObject(await readJson(c))))
    if (updated === undefined) throw unknownRecord()
    await forgetActors(services)
    return c.json(updated)
  })
  routes.get('/departments', async (c) => c.json({ items: await listDepartments(database) }))
  routes.post('/departments', async (c) => {
    requireSystem(c.var.release, c.var.actor, 'administer')
    const input = asObject(await readJson(c))
    const name = requireText(input, 'name')
    const department = { name, parent: asText(input.parent), head: asText(input.head) }
    return c.json({ id: await createDepartment(database, department), ...department }, 201)
  })
  return routes
}

function parseUser(input: JsonObject) {
  const email = requireText(input, 'email')
  const errors: FieldError[] = []
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    errors.push({ path: '/email', code: 'value.format', message: 'Must be a valid email.' })
  }
  const password = asText(input.password)
  if (password !== undefined && password.length < 10) {
    errors.push({ path: '/password', code: 'value.minLength', message: 'Must have at least 10 characters.' })
  }
  if (errors.length > 0) throw invalidRecord(errors)
  return {
    email,
    name: requireText(input, 'name'),
    password,
    roles: asTexts(input.roles),
    departmentId: asText(input.department),
    managerId: asText(input.manager),
  }
}

function requireText(input: JsonObject, name: string): string {
  const text = asText(input[name])?.trim()
  if (text) return text
  throw invalidRecord([{ path: `/${name}`, code: 'value.required', message: `“${name}” is required.` }])
}

async function orTaken<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    throw invalidRecord([{ path, code: 'value.unique', message: 'This value is taken already.' }])
  }
}
