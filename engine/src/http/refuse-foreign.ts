import type { Context } from 'hono'
import { foreignRequest } from '../errors.ts'

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** `none` is a person who typed the address. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none'])

/**
 * Refuses a change that another site makes a browser ask for with the cookie of whoever sits there. API keys no browser
 * adds by itself, and a program that sends the cookie without saying where from is no browser.
 * @throws Fault 403
 */
export function refuseForeign(c: Context): void {
  if (reading.has(c.req.method)) return
  const { headers } = c.req.raw
  if (headers.has('authorization') || !headers.has('cookie')) return
  const site = headers.get('sec-fetch-site')
  const isOwn = site === null ? isOwnOrigin(headers.get('origin'), c.req.url) : ownSites.has(site)
  if (!isOwn) throw foreignRequest()
}

/** The scheme does not count: behind a proxy that ends TLS it is another one than the browser's. */
function isOwnOrigin(origin: string | null, url: string): boolean {
  if (origin === null) return true
  const { host } = new URL(url)
  return origin === `https://${host}` || origin === `http://${host}`
}
