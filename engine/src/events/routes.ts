import { type Context, Hono } from 'hono'
import type { Environment, Services } from '../http/environment.ts'
import { parsePage } from '../http/page-request.ts'
import { readJson } from '../http/read-json.ts'
import { onLiveRelease } from '../records/on-live-release.ts'
import { addComment, listComments } from './comments.ts'
import { listHistory, listTimeline, type PastRequest } from './history.ts'

/** `/api/records/{entity}/{id}/history`, `…/timeline` and `…/comments`: what happened to a record. */
export function pastRoutes({ database, live }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  const answer = async <Result>(
    c: Context<Environment>,
    status: 200 | 201,
    work: (request: PastRequest) => Promise<Result>,
  ): Promise<Response> => {
    const [entityName = '', id = ''] = [c.req.param('entity'), c.req.param('id')]
    const result = await onLiveRelease(live, (release) =>
      work({ reader: { release, actor: c.get('actor') }, connection: database, entityName, id }),
    )
    return c.json(result, status)
  }
  const page = (c: Context<Environment>) => parsePage(new URL(c.req.url).searchParams)

  routes.get('/:entity/:id/history', (c) => answer(c, 200, (request) => listHistory(request, page(c))))
  routes.get('/:entity/:id/timeline', (c) => answer(c, 200, (request) => listTimeline(request, page(c))))
  routes.get('/:entity/:id/comments', (c) => answer(c, 200, (request) => listComments(request, page(c))))
  routes.post('/:entity/:id/comments', async (c) => {
    const input = await readJson(c)
    return answer(c, 201, (request) => addComment(request, input))
  })
  return routes
}
