import type { Context } from 'hono'
import { Hono } from 'hono'
import { findEntity } from '../access/entity-lookup.ts'
import { badParameter, versionMissing } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { planAggregate, runAggregate } from './aggregate.ts'
import { parseAggregateRequest } from './aggregate-request.ts'
import { askDatabase } from './ask-database.ts'
import { runBatch } from './batch.ts'
import { createRecord } from './create.ts'
import { planGet, runGet, type StoredRecord } from './get.ts'
import { parseInclude } from './include-request.ts'
import { planList, runList } from './list.ts'
import { type ListRequest, parseListRequest } from './list-request.ts'
import { onLiveRelease } from './on-live-release.ts'
import { patchRecord } from './patch.ts'
import { parseQueryBody } from './query-body.ts'
import type { ExpectedVersion } from './read-current.ts'
import { withMeta } from './record-meta.ts'
import { deleteRecord, purgeForGood } from './remove.ts'
import { restoreRecord } from './restore.ts'
import type { WriteServices } from './write-services.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }

/** `/api/records/…`: lists, records and their changes. */
export function recordRoutes(services: Services): Hono<Environment> {
  const { database, live } = services
  const routes = new Hono<Environment>()
  const writing = (c: Context<Environment>): WriteServices => ({ database, live, actor: c.get('actor') })

  const list = (c: Context<Environment>, entity: string, request: ListRequest) =>
    onLiveRelease(live, async (release) => {
      const plan = planList({ release, actor: c.get('actor') }, entity, request)
      return new Response(toBody(await runList(database, plan)), { headers: json })
    })

  routes.get('/:entity', (c) => list(c, c.req.param('entity'), parseListRequest(new URL(c.req.url).searchParams)))
  routes.post('/:entity/aggregate', async (c) => {
    const request = parseAggregateRequest(await readJson(c))
    return onLiveRelease(live, async (release) => {
      const plan = planAggregate({ release, actor: c.get('actor') }, c.req.param('entity'), request)
      return new Response(toBody(await runAggregate(database, plan)), { headers: json })
    })
  })
  routes.post('/:entity/query', async (c) => list(c, c.req.param('entity'), parseQueryBody(await readJson(c))))
  routes.post('/:entity', async (c) => {
    const entity = c.req.param('entity')
    const created = await createRecord(writing(c), entity, await readJson(c), idempotencyKey(c))
    return recordResponse(created, 201, { location: `/api/records/${entity}/${created.id}` })
  })
  routes.post('/:entity/batch', async (c) =>
    c.json({ items: await runBatch(writing(c), c.req.param('entity'), await readJson(c)) }),
  )
  routes.get('/:entity/:id', (c) =>
    onLiveRelease(live, async (release) => {
      const include = parseInclude(c.req.query('include') ?? null)
      const reader = { release, actor: c.get('actor') }
      const { entity, id } = c.req.param()
      const plan = planGet(reader, entity, include)
      const record = await askDatabase(database, (bound) => runGet(bound, plan, id))
      return recordResponse(withMeta(reader, findEntity(reader, entity), record), 200)
    }),
  )
  routes.patch('/:entity/:id', async (c) => {
    const { entity, id } = c.req.param()
    return recordResponse(
      await patchRecord(writing(c), entity, await readJson(c), { id, expected: expectedVersion(c) }),
      200,
    )
  })
  routes.delete('/:entity/:id', async (c) => {
    const { entity, id } = c.req.param()
    const remove = isPurge(c) ? purgeForGood : deleteRecord
    await remove(writing(c), entity, id, expectedVersion(c))
    return c.body(null, 204)
  })
  routes.post('/:entity/:id/restore', async (c) => {
    const { entity, id } = c.req.param()
    return recordResponse(await restoreRecord(writing(c), entity, id), 200)
  })
  return routes
}

function recordResponse(record: StoredRecord, status: number, headers: Record<string, string> = {}): Response {
  return new Response(toBody(record.json), { status, headers: { ...json, etag: `"${record.version}"`, ...headers } })
}

/** Up to this many bytes, turning a body into text costs less than a second write to the socket. */
const shortBody = 8192

/** A short body as text, which goes out in one piece with the headers; a long one as the bytes it came in. */
function toBody(buffer: Buffer): string | Uint8Array<ArrayBuffer> {
  // Buffers are byte arrays to the platform; its types want their backing store spelled out.
  return buffer.length <= shortBody ? buffer.toString() : (buffer as Uint8Array<ArrayBuffer>)
}

/** @throws Fault 400: whoever misspells it must not lose more, or less, than they meant */
function isPurge(c: Context<Environment>): boolean {
  const purge = c.req.query('purge') ?? 'false'
  if (purge !== 'true' && purge !== 'false') throw badParameter('purge', '“purge” can only be “true” or “false”.')
  return purge === 'true'
}

/** @throws Fault 400 when it is no key */
function idempotencyKey(c: Context<Environment>): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw badParameter(
    'Idempotency-Key',
    '“Idempotency-Key” must be 1 to 200 ASCII characters without spaces, e.g. a UUID.',
  )
}

/** @throws Fault 428 when `If-Match` is missing, 400 when it is no version */
function expectedVersion(c: Context<Environment>): ExpectedVersion {
  const header = c.req.header('if-match')
  if (header === undefined) throw versionMissing()
  if (header.trim() === '*') return '*'
  const version = Number(/^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1] ?? Number.NaN)
  if (Number.isNaN(version)) throw badParameter('If-Match', '“If-Match” must be the ETag of the record, or “*”.')
  return version
}
