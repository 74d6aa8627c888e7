import { asObject, asText, type JsonObject } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { notFound, refusedSignIn, wrongPassword } from '../errors.ts'
import { defineBody } from '../http/body-shape.ts'
import { createAddressReader } from '../http/client-address.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readBody, readJson } from '../http/read-json.ts'
import { forgetActors } from './actors-channel.ts'
import { calling } from './auth.ts'
import { createSignInLimit } from './sign-in-limit.ts'

const text: JsonObject = { type: 'string' }

/** Who signs in; the last two are better-auth's own. */
const signInBody = defineBody(
  { email: { type: 'string', maxLength: 254 }, password: text, rememberMe: { type: 'boolean' }, callbackURL: text },
  ['email', 'password'],
)

/** `/api/auth/…`: better-auth, with our own limit on guessing passwords and our own form of problems. */
export function signInRoutes(services: Services): Hono<Environment> {
  const { actors, auth, database } = services
  const limit = createSignInLimit()
  const addressOf = createAddressReader(services.trustedProxy)
  const routes = new Hono<Environment>()
  const ask = async (request: Request): Promise<Response> => {
    const response = await calling(auth.handler(request))
    // It tells nobody why it failed; without a database the answer is that one has to wait.
    if (response.status >= 500) await database`select 1`
    return response
  }
  routes.post('/sign-in/email', async (c) => {
    const input = signInBody.parse(await readJson(c))
    // With the address, so that a stranger's failures elsewhere keep nobody out.
    const key = `${asText(input.email)?.toLowerCase()} ${addressOf(c)}`
    const response = await limit.attempt(key, () => ask(again(c, JSON.stringify(input))))
    return accepted(response)
  })
  routes.get('/*', async (c) => accepted(await ask(c.req.raw)))
  routes.post('/*', async (c) => {
    const body = await readBody(c)
    // Whoever is not signed in can have ended nothing.
    const actor = await actors.resolve(c.req.raw.headers)
    const response = await ask(again(c, body.byteLength === 0 ? null : new Uint8Array(body)))
    if (actor !== undefined && response.ok) await forgetActors(services)
    return accepted(response)
  })
  return routes
}

/** The request with its body, which can be read only once. */
function again(c: Context, body: RequestInit['body']): Request {
  const { url, method, headers } = c.req.raw
  return new Request(url, { method, headers, body: body ?? null })
}

/** better-auth's answer, unless it refused. @throws Fault that says what it said */
async function accepted(response: Response): Promise<Response> {
  const { ok, status } = response
  if (ok || status < 400) return response
  if (status === 401) throw wrongPassword()
  if (status === 404) throw notFound()
  const text = await response.text()
  if (status >= 500) throw new Error(`better-auth answered ${status}: ${text}`)
  throw refusedSignIn(status, messageOf(text))
}

function messageOf(text: string): string | undefined {
  try {
    return asText(asObject(JSON.parse(text)).message)
  } catch {
    return undefined
  }
}
