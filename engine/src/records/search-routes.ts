import { Hono } from 'hono'
import { badParameter } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { parseLimit } from '../http/page-request.ts'
import { onLiveRelease } from './on-live-release.ts'
import { searchAll } from './search-all.ts'

const defaultLimit = 5
const maximumLimit = 20

/** `/api/search`: records of every entity by the words in them. */
export function searchRoutes({ database, live }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/', async (c) => {
    const text = c.req.query('q')?.trim() ?? ''
    if (text === '') throw badParameter('q', 'Say what to look for, e.g. “?q=poplin”.')
    const limit = parseLimit(c.req.query('limit') ?? null, { usual: defaultLimit, most: maximumLimit })
    const { actor } = c.var
    const items = await onLiveRelease(live, (release) => searchAll({ release, actor }, database, { text, limit }))
    return c.json({ items })
  })
  return routes
}
