import type { JsonObject, Release } from '@heddle/metadata'
import { Hono } from 'hono'
import type { Actor } from '../../access/actor.ts'
import type { Environment } from '../../http/environment.ts'
import { openapiDocument } from './document.ts'
import { openapiPage } from './page.ts'

/** `/api/openapi.json` and `/api/docs`: the API of the live release, as far as the actor may use it. */
export function openapiRoutes(): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/openapi.json', (c) => c.json(documentFor(c.var.release, c.var.actor)))
  routes.get('/docs', (c) =>
    c.html(openapiPage(documentFor(c.var.release, c.var.actor)), 200, {
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    }),
  )
  return routes
}

const memory = new WeakMap<Release, Map<string, JsonObject>>()

/** Everyone with the same roles sees the same document. */
function documentFor(release: Release, actor: Actor): JsonObject {
  const known = memory.get(release) ?? new Map<string, JsonObject>()
  memory.set(release, known)
  const key = [...actor.roles].sort().join(' ')
  const document = known.get(key) ?? openapiDocument({ release, actor })
  known.set(key, document)
  return document
}
