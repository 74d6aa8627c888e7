import { asObject, asText } from '@heddle/metadata'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { forgetActors } from './actors-channel.ts'
import { createSignInLimit } from './sign-in-limit.ts'

/** `/api/auth/…`: better-auth, with our own limit on guessing passwords. */
export function signInRoutes(services: Services): Hono<Environment> {
  const { auth } = services
  const limit = createSignInLimit()
  const routes = new Hono<Environment>()
  routes.post('/sign-in/email', async (c) => {
    const input = asObject(await readJson(c))
    const key = `${asText(input.email)?.toLowerCase()} ${addressOf(c)}`
    limit.check(key)
    const { url, headers } = c.req.raw
    const response = await auth.handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(input) }))
    limit.count(key, response.ok)
    if (response.ok) await forgetActors(services)
    return response
  })
  routes.get('/*', (c) => auth.handler(c.req.raw))
  routes.post('/*', async (c) => {
    const response = await auth.handler(c.req.raw)
    await forgetActors(services)
    return response
  })
  return routes
}

/** Part of the key, so that a stranger's failures elsewhere keep nobody out. */
function addressOf(c: Context<Environment>): string {
  const isConnected = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env
  return isConnected ? (getConnInfo(c).remote.address ?? '') : ''
}
