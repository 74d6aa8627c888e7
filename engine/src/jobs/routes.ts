import { asObject } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { requireSystem } from '../access/grant.ts'
import { unknownJob } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { deferredChannel } from '../publish/deferred-steps.ts'
import { isUuid } from '../storage/uuid.ts'

/** `/api/metadata/jobs`: deferred steps with their progress, and another try for those that failed. */
export function jobRoutes({ database }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  const requireDesigner = (c: Context<Environment>) => requireSystem(c.get('release'), c.get('actor'), 'design')

  routes.get('/', async (c) => {
    requireDesigner(c)
    const rows = await database<JobRow[]>`
      select step.id, release, address, kind, text, state, attempts, error::text as error, step.created_at, updated_at,
        coalesce(build.blocks_done, done)::int as done, coalesce(nullif(build.blocks_total, 0), total)::int as total
      from heddle.deferred_step step
      left join pg_stat_progress_create_index build
        on build.index_relid = to_regclass('app."' || (step.detail ->> 'name') || '"') and step.state = 'running'
      order by step.created_at desc, step.id desc limit 200`
    return c.json({ items: rows.map(renderJob) })
  })
  routes.post('/:id/retry', async (c) => {
    requireDesigner(c)
    const id = c.req.param('id')
    const retried = isUuid(id)
      ? await database`
          update heddle.deferred_step set state = 'pending', attempts = 0, error = null, updated_at = now()
          where id = ${id} and state = 'failed'`
      : { count: 0 }
    if (retried.count === 0) throw unknownJob()
    await database.notify(deferredChannel, '')
    return c.json({ id, state: 'pending' }, 202)
  })
  return routes
}

interface JobRow {
  readonly id: string
  readonly release: number
  readonly address: string
  readonly kind: string
  readonly text: string
  readonly state: string
  readonly attempts: number
  readonly error: string | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly done: number
  readonly total: number | null
}

function renderJob({ error, created_at, updated_at, ...job }: JobRow) {
  const failure = error === null ? {} : asObject(JSON.parse(error))
  return { ...job, createdAt: created_at, updatedAt: updated_at, ...(error === null ? {} : { error: failure }) }
}
