import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { systemActor } from '../access/actor.ts'
import { accountRoutes } from '../accounts/routes.ts'
import { signInRoutes } from '../accounts/sign-in.ts'
import { createGuard } from '../accounts/sign-in-limit.ts'
import { twoFactorRoutes } from '../accounts/two-factor-routes.ts'
import { notFound, notSignedIn } from '../errors.ts'
import { pastRoutes } from '../events/routes.ts'
import { streamRoutes } from '../events/stream-routes.ts'
import { fileRoutes } from '../files/routes.ts'
import { checkAddress } from '../http/check-address.ts'
import type { Environment, Services } from '../http/environment.ts'
import { refuseForeign } from '../http/refuse-foreign.ts'
import { jobRoutes } from '../jobs/routes.ts'
import { organisationRoutes } from '../organisation/routes.ts'
import { metadataRoutes } from '../publish/routes.ts'
import { recordRoutes } from '../records/routes.ts'
import { searchRoutes } from '../records/search-routes.ts'
import { faceRoutes } from './faces.ts'
import { healthRoutes } from './health.ts'
import { createMetrics } from './metrics.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { openapiRoutes } from './openapi/routes.ts'
import { renderProblem } from './problem.ts'

/** The whole HTTP surface: capabilities' routes behind request id, log and sign-in. */
export function createServer(services: Services): Hono<Environment> {
  const { actors, events, live, log } = services
  const metrics = createMetrics()
  const guard = createGuard()
  const app = new Hono<Environment>()
  app.onError((error, c) => renderProblem(error, c, log))
  app.notFound((c) => renderProblem(notFound(), c, log))
  app.use('*', async (c, next) => {
    const requestId = requestIdOf(c.req.header('x-request-id'))
    c.set('requestId', requestId)
    c.set('actor', systemActor)
    c.set('release', live.release)
    const started = performance.now()
    await next()
    metrics.count(c.req.method, c.res.status, (performance.now() - started) / 1000)
    c.res.headers.set('x-request-id', requestId)
    const level = c.res.status >= 500 ? 'warn' : 'debug'
    if (!log.isLevelEnabled(level)) return
    log[level]({ requestId, method: c.req.method, path: c.req.path, status: c.res.status }, 'request')
  })
  app.use('*', async (c, next) => {
    checkAddress(c.req.url)
    refuseForeign(c)
    await next()
  })
  app.route('/', healthRoutes(services))
  app.route('/', metricsRoutes(services, metrics))
  app.route('/api/auth/two-factor', twoFactorRoutes(services, guard))
  app.route('/api/auth', signInRoutes(services, guard))
  app.use('/api/*', async (c, next) => {
    const actor = await actors.resolve(c.req.raw.headers)
    if (actor === undefined) throw notSignedIn()
    const acceptLanguage = c.req.header('accept-language')
    c.set('actor', acceptLanguage === undefined ? actor : { ...actor, acceptLanguage })
    await next()
    if (c.req.method !== 'GET' && c.res.ok) events.wake()
    c.res.headers.set('x-heddle-release', String(live.release.number))
  })
  app.route('/api', accountRoutes(services, guard))
  app.route('/api', organisationRoutes(services))
  app.route('/api/metadata/jobs', jobRoutes(services))
  app.route('/api/metadata', metadataRoutes(services))
  app.route('/api/records', recordRoutes(services))
  app.route('/api/records', pastRoutes(services))
  app.route('/api/search', searchRoutes(services))
  app.route('/api/events', streamRoutes(services))
  app.route('/api', openapiRoutes(services))
  app.route('/api/files', fileRoutes(services))
  app.route('/', faceRoutes(services))
  return app
}

function requestIdOf(given: string | undefined): string {
  return given !== undefined && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID()
}
