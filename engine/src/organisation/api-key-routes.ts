import { asTexts, isObject } from '@heddle/metadata'
import { Hono } from 'hono'
import { newApiKey } from '../accounts/account-bodies.ts'
import { forgetActors } from '../accounts/actors-channel.ts'
import { insertApiKey, listApiKeys, readApiKey, revokeApiKey } from '../accounts/api-keys.ts'
import { unknownApiKey } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { isUuid } from '../storage/uuid.ts'
import { requireAdministrator } from './change-people.ts'
import { checkApiKey, expiryOf } from './check-api-key.ts'

/** `/api/api-keys`: the keys of outside programs, for administrators. */
export function apiKeyRoutes(services: Services): Hono<Environment> {
  const { database } = services
  const routes = new Hono<Environment>()

  routes.get('/', async (c) => {
    requireAdministrator(c)
    return c.json({ items: await listApiKeys(database) })
  })
  routes.post('/', async (c) => {
    requireAdministrator(c)
    const input = newApiKey.parse(await readJson(c))
    checkApiKey(c.var.release, input)
    const { id, secret } = await insertApiKey(database, {
      name: String(input.name).trim(),
      roles: asTexts(input.roles),
      scopes: isObject(input.scopes) ? input.scopes : undefined,
      expiresAt: expiryOf(input),
      createdBy: c.var.actor.id,
    })
    return c.json({ ...(await readApiKey(database, id)), key: secret }, 201)
  })
  routes.delete('/:id', async (c) => {
    requireAdministrator(c)
    const id = c.req.param('id')
    if (!isUuid(id) || !(await revokeApiKey(database, id))) throw unknownApiKey()
    await forgetActors(services)
    return c.body(null, 204)
  })
  return routes
}
