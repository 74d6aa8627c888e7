import { asObject, asText } from '@heddle/metadata'
import { Hono } from 'hono'
import { notReady } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'

/** `/healthz`, `/readyz` and what the sign-in page shows: the only routes that need no sign-in. */
export function healthRoutes({ database, live, log }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/healthz', (c) => c.json({ status: 'alive' }))
  routes.get('/readyz', async (c) => {
    try {
      await database`select 1`
    } catch (error) {
      log.warn({ err: error }, 'The database does not answer.')
      throw notReady('The database does not answer.')
    }
    return c.json({ status: 'ready', release: live.release.number })
  })
  routes.get('/api/settings/public', (c) => {
    const settings = asObject(c.var.release.definitions.get('settings/site')?.body)
    const company = asObject(settings.company)
    return c.json({
      name: asText(company.name) ?? 'Heddle',
      logo: asText(company.logo) ?? null,
      primary: asText(asObject(settings.theme).primary) ?? null,
      locales: settings.locales ?? ['zh-CN', 'en'],
    })
  })
  return routes
}
