import { type JsonObject, type KeyedMemory, rememberBy } from '@heddle/metadata'
import { Hono } from 'hono'
import { rightsKey } from '../../access/grant.ts'
import type { Reader } from '../../access/reader.ts'
import type { Auth } from '../../accounts/auth.ts'
import { nothingElse } from '../../http/content-policy.ts'
import type { Environment, Services } from '../../http/environment.ts'
import { openapiDocument } from './document.ts'
import { openapiPage } from './page.ts'

/** `/api/openapi.json` and `/api/docs`: the API of the live release, as far as the actor may use it. */
export function openapiRoutes({ auth }: Pick<Services, 'auth'>): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/openapi.json', async (c) => c.json(documentFor(c.var, await sessionCookie(auth))))
  routes.get('/docs', async (c) =>
    c.html(openapiPage(documentFor(c.var, await sessionCookie(auth))), 200, {
      'content-security-policy': `${nothingElse}; style-src 'unsafe-inline'`,
    }),
  )
  return routes
}

const memory: KeyedMemory<JsonObject> = new WeakMap()

/** Everyone with the same rights sees the same document. */
function documentFor({ release, actor }: Reader, cookie: string): JsonObject {
  return rememberBy(memory, release, rightsKey(actor), () => openapiDocument({ release, actor }, cookie))
}

/** What the cookie is called depends on whether it is for HTTPS only. */
async function sessionCookie(auth: Auth): Promise<string> {
  return (await auth.$context).authCookies.sessionToken.name
}
