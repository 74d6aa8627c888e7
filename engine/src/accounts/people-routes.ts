import { asText } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { mayDo, requireSystem } from '../access/grant.ts'
import { invalidBody, unknownPerson } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import type { Transaction } from '../storage/connect.ts'
import { inTransaction, sqlState } from '../storage/in-transaction.ts'
import { isUuid } from '../storage/uuid.ts'
import { forgetActors } from './actors-channel.ts'
import { checkDepartment, checkPerson, personOf } from './check-people.ts'
import { createDepartment, listDepartments, updateDepartment } from './departments.ts'
import { departmentChange, newDepartment, newPerson, personChange } from './people-bodies.ts'
import { createUser, listUsers, readUser, updateUser } from './users.ts'

/** `/api/users` and `/api/departments`: people and the organisation. */
export function peopleRoutes(services: Services): Hono<Environment> {
  const { database } = services
  const routes = new Hono<Environment>()
  const requireAdministrator = (c: Context<Environment>) => requireSystem(c.var.release, c.var.actor, 'administer')

  routes.get('/users', async (c) => {
    const isAdministrator = mayDo(c.var.release, c.var.actor, 'administer')
    return c.json({ items: await listUsers(database, isAdministrator ? 'whole' : 'names') })
  })
  routes.post('/users', async (c) => {
    requireAdministrator(c)
    const input = newPerson.parse(await readJson(c))
    const user = await changePeople(services, async (transaction) => {
      await checkPerson(transaction, c.var.release, { input })
      return readUser(transaction, await createUser(transaction, personOf(input)))
    })
    return c.json(user, 201)
  })
  routes.patch('/users/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const input = personChange.parse(await readJson(c))
    const user = await changePeople(services, async (transaction) => {
      await checkPerson(transaction, c.var.release, { input, id })
      return updateUser(transaction, id, input)
    })
    if (user === undefined) throw unknownPerson()
    return c.json(user)
  })
  routes.get('/departments', async (c) => c.json({ items: await listDepartments(database) }))
  routes.post('/departments', async (c) => {
    requireAdministrator(c)
    const input = newDepartment.parse(await readJson(c))
    const { name, parent, head } = input
    const department = { name: (asText(name) ?? '').trim(), parent: asText(parent), head: asText(head) }
    const id = await changePeople(services, async (transaction) => {
      await checkDepartment(transaction, { input })
      return createDepartment(transaction, department)
    })
    return c.json({ id, name: department.name, parent: parent ?? null, head: head ?? null }, 201)
  })
  routes.patch('/departments/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const input = departmentChange.parse(await readJson(c))
    const department = await changePeople(services, async (transaction) => {
      await checkDepartment(transaction, { input, id })
      return updateDepartment(transaction, id, input)
    })
    if (department === undefined) throw unknownPerson()
    return c.json(department)
  })
  return routes
}

/** @throws Fault 404 when it is no id */
function idParam(c: Context<Environment>): string {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw unknownPerson()
  return id
}

/** Changes people one after the other, so that two changes together make no circle. @throws Fault 422 for a taken e-mail */
async function changePeople<Result>(
  services: Services,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  try {
    const result = await inTransaction(services.database, async (transaction) => {
      await transaction`select pg_advisory_xact_lock(hashtext('heddle.people'))`
      return work(transaction)
    })
    await forgetActors(services)
    return result
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    throw invalidBody([{ path: '/email', code: 'value.unique', message: 'Somebody has this e-mail already.' }])
  }
}
