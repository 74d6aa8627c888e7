import { type Context, Hono } from 'hono'
import { notSignedIn } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { remoteAddress } from '../http/remote-address.ts'
import type { Metrics } from './metrics.ts'

/** `/metrics` for Prometheus: to this machine itself, and to whoever has an API key. */
export function metricsRoutes({ actors, live }: Services, metrics: Metrics): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/metrics', async (c) => {
    const isAllowed = isLocal(c) || (await actors.resolve(c.req.raw.headers))?.kind === 'key'
    if (!isAllowed) throw notSignedIn()
    return c.text(metrics.render(live.release.number), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })
  return routes
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** A proxy on this machine speaks for others. */
function isLocal(c: Context): boolean {
  const isForwarded = c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined
  return loopback.has(remoteAddress(c)) && !isForwarded
}
