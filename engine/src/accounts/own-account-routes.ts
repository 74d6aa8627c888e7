import { type Context, Hono } from 'hono'
import { forbidden, invalidBody, unknownSession, wrongPresentPassword } from '../errors.ts'
import { createAddressReader } from '../http/client-address.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { isUuid } from '../storage/uuid.ts'
import { passwordChange } from './account-bodies.ts'
import { forgetActors } from './actors-channel.ts'
import { passwordFaults } from './password-policy.ts'
import { changePassword } from './passwords.ts'
import { endSession, endSessions, listSessions } from './sessions.ts'
import type { Guard } from './sign-in-limit.ts'
import { hasTwoFactor } from './two-factor.ts'

/** `/api/me/password`, `/api/me/sessions`, `/api/me/two-factor`: what protects a person's own account. */
export function ownAccountRoutes(services: Services, guard: Guard): Hono<Environment> {
  const { database } = services
  const addressOf = createAddressReader(services.trustedProxy)
  const routes = new Hono<Environment>()

  routes.post('/password', async (c) => {
    const { id, sessionId, email, name } = personOf(c)
    const input = passwordChange.parse(await readJson(c))
    const [current, password] = [String(input.current), String(input.password)]
    const faults = passwordFaults('/password', password, { email, name })
    if (faults.length > 0) throw invalidBody(faults)
    const change = { person: id, session: sessionId, current, password }
    const guesser = { account: email, address: addressOf(c) }
    if (!(await guard(guesser, () => changePassword(database, change))).ok) throw wrongPresentPassword('/current')
    await forgetActors(services)
    return c.body(null, 204)
  })
  routes.get('/sessions', async (c) => {
    const { id, sessionId } = personOf(c)
    return c.json({ items: await listSessions(database, id, sessionId) })
  })
  routes.delete('/sessions', async (c) => {
    const { id, sessionId } = personOf(c)
    await endSessions(database, id, sessionId)
    await forgetActors(services)
    return c.body(null, 204)
  })
  routes.delete('/sessions/:id', async (c) => {
    const { id } = personOf(c)
    const session = c.req.param('id')
    if (!isUuid(session) || !(await endSession(database, id, session))) throw unknownSession()
    await forgetActors(services)
    return c.body(null, 204)
  })
  routes.get('/two-factor', async (c) => c.json({ enabled: await hasTwoFactor(database, personOf(c).id) }))
  return routes
}

/** The person who asks. @throws Fault 403 when it is a program: it has no account of its own */
function personOf(c: Context<Environment>) {
  const { kind, id, sessionId, email, name } = c.var.actor
  if (kind !== 'user' || email === undefined) throw forbidden()
  return { id, sessionId, email, name }
}
