import type { Context } from 'hono'
import type { Logger } from 'pino'
import { busy, Fault, notReady } from '../errors.ts'
import type { Environment } from '../http/environment.ts'
import { sqlState } from '../storage/in-transaction.ts'
import { isConnectionFault } from '../storage/is-connection-fault.ts'

/** Answers a fault as `application/problem+json` (RFC 9457); anything else is a bug: logged, answered without details. */
export function renderProblem(error: unknown, c: Context<Environment>, log: Logger): Response {
  const requestId = c.get('requestId')
  const fault = faultOf(error, c, log)
  if (fault === undefined) log.error({ err: error, requestId }, 'A request failed unexpectedly.')
  const status = fault?.status ?? 500
  const body = {
    type: `urn:heddle:problem:${fault?.code ?? 'server.failed'}`,
    title: titles[status] ?? 'Error',
    status,
    code: fault?.code ?? 'server.failed',
    detail: fault?.message ?? 'The server failed to answer; give the request id to your administrator.',
    ...(fault !== undefined && fault.errors.length > 0 ? { errors: fault.errors } : {}),
    ...(fault?.data ?? {}),
    requestId,
  }
  const headers: Record<string, string> = { 'content-type': 'application/problem+json; charset=utf-8' }
  if (fault?.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter)
  return new Response(JSON.stringify(body), { status, headers })
}

/** The fault that the error is or means. */
function faultOf(error: unknown, c: Context<Environment>, log: Logger): Fault | undefined {
  if (error instanceof Fault) return error
  // Stopped for its time, most often while it waited for others' locks: nothing was changed.
  if (sqlState(error) === '57014') return busy()
  if (!isConnectionFault(error)) return undefined
  log.warn({ err: error, requestId: c.get('requestId') }, 'The database could not be asked.')
  return notReady('The database does not answer; try again.')
}

const titles: { readonly [status: number]: string } = {
  400: 'Malformed request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  412: 'Stale version',
  413: 'Too large',
  414: 'Address too long',
  422: 'Invalid',
  428: 'Version missing',
  429: 'Too many requests',
  500: 'Server error',
  503: 'Not ready',
}
