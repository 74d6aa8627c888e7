import { asObject, asText } from '@heddle/metadata'
import { Hono } from 'hono'
import { localesOf } from '../access/language.ts'
import { notReady } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { findHindrance } from './hindrance.ts'

/** `/healthz`, `/readyz` and what the sign-in page shows: the only routes that need no sign-in. */
export function healthRoutes(services: Services): Hono<Environment> {
  const { live } = services
  const routes = new Hono<Environment>()
  routes.get('/healthz', (c) => c.json({ status: 'alive' }))
  routes.get('/readyz', async (c) => {
    const hindrance = await findHindrance(services)
    if (hindrance !== undefined) throw notReady(hindrance)
    return c.json({ status: 'ready', release: live.release.number })
  })
  routes.get('/api/settings/public', (c) => {
    const settings = asObject(c.var.release.definitions.get('settings/site')?.body)
    const company = asObject(settings.company)
    return c.json({
      name: asText(company.name) ?? 'Heddle',
      logo: asText(company.logo) ?? null,
      primary: asText(asObject(settings.theme).primary) ?? null,
      locales: localesOf(c.var.release),
    })
  })
  return routes
}
