import { asText, type JsonObject } from '@heddle/metadata'
import { Hono } from 'hono'
import { defineBody } from '../http/body-shape.ts'
import { createAddressReader } from '../http/client-address.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readBody, readJson } from '../http/read-json.ts'
import { forgetActors } from './actors-channel.ts'
import { accepted, createAsk } from './ask-auth.ts'
import type { Guard } from './sign-in-limit.ts'

const text: JsonObject = { type: 'string' }

/** Who signs in; the last two are better-auth's own. */
const signInBody = defineBody(
  { email: { type: 'string', maxLength: 254 }, password: text, rememberMe: { type: 'boolean' }, callbackURL: text },
  ['email', 'password'],
)

/** `/api/auth/…`: better-auth, with our own limit on guessing passwords and our own form of problems. */
export function signInRoutes(services: Services, guard: Guard): Hono<Environment> {
  const { actors } = services
  const ask = createAsk(services)
  const addressOf = createAddressReader(services.trustedProxy)
  const routes = new Hono<Environment>()
  routes.post('/sign-in/email', async (c) => {
    const input = signInBody.parse(await readJson(c))
    const guesser = { account: asText(input.email) ?? '', address: addressOf(c) }
    return accepted(await guard(guesser, () => ask(c, JSON.stringify(input))))
  })
  routes.get('/*', async (c) => accepted(await ask(c)))
  routes.post('/*', async (c) => {
    const body = await readBody(c)
    // Whoever is not signed in can have ended nothing.
    const actor = await actors.resolve(c.req.raw.headers)
    const response = await ask(c, body.byteLength === 0 ? null : new Uint8Array(body))
    if (actor !== undefined && response.ok) await forgetActors(services)
    return accepted(response)
  })
  return routes
}
