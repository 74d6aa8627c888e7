import { asObject, asText } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { forbidden, notSignedIn } from '../errors.ts'
import { createAddressReader } from '../http/client-address.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { codeGiven, passwordGiven } from './account-bodies.ts'
import { forgetActors } from './actors-channel.ts'
import { accepted, createAsk } from './ask-auth.ts'
import type { Guard } from './sign-in-limit.ts'

const ofPassword = ['/enable', '/disable', '/generate-backup-codes'] as const
const ofCode = ['/verify-totp', '/verify-backup-code'] as const

/**
 * `/api/auth/two-factor/…`: better-auth's second factor. Passwords are guessed here as little as at sign-in; it counts
 * guesses of codes itself, five for a sign-in and ten for an account.
 */
export function twoFactorRoutes(services: Services, guard: Guard): Hono<Environment> {
  const { actors } = services
  const ask = createAsk(services)
  const addressOf = createAddressReader(services.trustedProxy)
  const routes = new Hono<Environment>()
  for (const path of ofPassword) {
    routes.post(path, async (c) => {
      const input = passwordGiven.parse(await readJson(c))
      const actor = await actors.resolve(c.req.raw.headers)
      if (actor === undefined) throw notSignedIn()
      if (actor.email === undefined) throw forbidden()
      const body = JSON.stringify({ ...input, issuer: issuerOf(c) })
      const response = await guard({ account: actor.email, address: addressOf(c) }, () => ask(c, body))
      if (response.ok) await forgetActors(services)
      return accepted(response)
    })
  }
  for (const path of ofCode) {
    routes.post(path, async (c) => {
      const body = JSON.stringify(codeGiven.parse(await readJson(c)))
      const actor = await actors.resolve(c.req.raw.headers)
      const response = await ask(c, body)
      // Confirming a new second factor replaces the session; whoever signs in has none yet.
      if (actor !== undefined && response.ok) await forgetActors(services)
      return accepted(response)
    })
  }
  return routes
}

/** What apps that make codes call the account: the company's name. */
function issuerOf(c: Context<Environment>): string {
  return asText(asObject(c.var.release.definitions.get('settings/site')?.body).name) ?? 'Heddle'
}
