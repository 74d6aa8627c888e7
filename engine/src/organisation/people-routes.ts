import { type Context, Hono } from 'hono'
import { mayDo } from '../access/grant.ts'
import { forgetActors } from '../accounts/actors-channel.ts'
import { endSessions, listSessions } from '../accounts/sessions.ts'
import { resetTwoFactor } from '../accounts/two-factor.ts'
import { createUser, listUsers, readUser, updateUser } from '../accounts/users.ts'
import { unknownPerson } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { writeTogether } from '../records/write-services.ts'
import { liftLimit } from '../storage/bound-questions.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { changePeople, holdPeople, idParam, requireAdministrator } from './change-people.ts'
import { checkPerson, checkSuccessor, personOf } from './check-people.ts'
import { countPossessions, handOver } from './hand-over.ts'
import { handOverWish, newPerson, personChange } from './people-bodies.ts'

const taken = { path: '/email', code: 'value.unique', message: 'Somebody has this e-mail already.' }

/** `/api/users`: people, what protects their accounts, and what they hand over when they leave. */
export function peopleRoutes(services: Services): Hono<Environment> {
  const { database } = services
  const routes = new Hono<Environment>()
  const knownPerson = async (c: Context<Environment>) => {
    const id = idParam(c)
    if ((await readUser(database, id)) === undefined) throw unknownPerson()
    return id
  }

  routes.get('/', async (c) => {
    const isAdministrator = mayDo(c.var.release, c.var.actor, 'administer')
    return c.json({ items: await listUsers(database, isAdministrator ? 'whole' : 'names') })
  })
  routes.post('/', async (c) => {
    requireAdministrator(c)
    const input = newPerson.parse(await readJson(c))
    const user = await changePeople(services, taken, async (transaction) => {
      await checkPerson(transaction, c.var.release, { input })
      return readUser(transaction, await createUser(transaction, personOf(input)))
    })
    return c.json(user, 201)
  })
  routes.patch('/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const input = personChange.parse(await readJson(c))
    const user = await changePeople(services, taken, async (transaction) => {
      await checkPerson(transaction, c.var.release, { input, id })
      return updateUser(transaction, id, input)
    })
    if (user === undefined) throw unknownPerson()
    return c.json(user)
  })
  routes.get('/:id/sessions', async (c) => {
    requireAdministrator(c)
    return c.json({ items: await listSessions(database, await knownPerson(c), c.var.actor.sessionId) })
  })
  routes.delete('/:id/sessions', async (c) => {
    requireAdministrator(c)
    await endSessions(database, await knownPerson(c))
    await forgetActors(services)
    return c.body(null, 204)
  })
  routes.delete('/:id/two-factor', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    if (!(await inTransaction(database, (transaction) => resetTwoFactor(transaction, id)))) throw unknownPerson()
    return c.body(null, 204)
  })
  routes.post('/:id/hand-over', async (c) => {
    requireAdministrator(c)
    const from = idParam(c)
    const { to, dryRun, disable } = handOverWish.parse(await readJson(c))
    const wish = { from, to: String(to), disable: disable === true }
    const found = await writeTogether({ ...services, actor: c.var.actor }, async (context) => {
      await liftLimit(context.connection)
      await holdPeople(context.connection)
      if ((await readUser(context.connection, from)) === undefined) throw unknownPerson()
      await checkSuccessor(context.connection, wish)
      return dryRun === true ? countPossessions(context, from) : handOver(context, wish)
    })
    await forgetActors(services)
    return c.json(found)
  })
  return routes
}
