import { asText } from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { requireSystem } from '../access/grant.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { hashOf } from './blobs.ts'
import { purgeBody } from './bodies.ts'
import { saveNewDrafts } from './drafts.ts'
import { type LiveState, loadLiveState, loadState } from './live-state.ts'
import { publish } from './publish.ts'
import { confirmationMissing, nothingHidden, unknownRelease } from './publish-errors.ts'
import { listHidden, planPurge } from './purge.ts'
import { planRestoration } from './restore-release.ts'

/** `/api/metadata/releases…`, `hidden` and `purge`: what was live, how it comes back, and how it goes for good. */
export function releaseRoutes(services: Services): Hono<Environment> {
  const { database, direct, live } = services
  const routes = new Hono<Environment>()
  const requireDesigner = (c: Context<Environment>) => requireSystem(c.get('release'), c.get('actor'), 'design')

  routes.get('/releases', async (c) => {
    requireDesigner(c)
    const rows = await database<{ number: number; at: Date; by: string | null; changes: string }[]>`
      select number, created_at as at, created_by as by, (
        select coalesce(json_agg(json_build_object('address', c -> 'address', 'path', c -> 'path')), '[]')::text
        from json_array_elements(changes) c
      ) as changes
      from heddle.release order by number desc limit 200`
    const items = rows.map(({ changes, ...row }) => ({ ...row, changes: JSON.parse(changes) }))
    return c.json({ live: live.release.number, items })
  })
  routes.get('/releases/:number/diff/:other', async (c) => {
    requireDesigner(c)
    const { number, other } = c.req.param()
    const [a, b] = await Promise.all([releaseState(services, number), releaseState(services, other)])
    const addresses = new Set([...a.folded.definitions.keys(), ...b.folded.definitions.keys()])
    const items = [...addresses].flatMap((address) => {
      const from = a.folded.definitions.get(address)?.body ?? null
      const to = b.folded.definitions.get(address)?.body ?? null
      return from !== null && to !== null && hashOf(from) === hashOf(to) ? [] : [{ address, from, to }]
    })
    return c.json({ items })
  })
  routes.post('/releases/:number/restore', async (c) => {
    requireDesigner(c)
    const earlier = await releaseState(services, c.req.param('number'))
    const state = await live.reload()
    const { drafts, plugins } = planRestoration(state, earlier)
    const wishes = [...drafts].map(([address, body]) => ({
      address,
      body: body ?? undefined,
      isRemoved: body === null,
      ifMatch: undefined,
      live: state.folded.definitions.get(address)?.body ?? null,
      actor: c.get('actor').id,
    }))
    await saveNewDrafts(database, wishes)
    return c.json({ release: earlier.release.number, drafts: [...drafts.keys()], plugins })
  })

  routes.get('/hidden', (c) => {
    requireDesigner(c)
    return c.json({ items: listHidden(live.state).map(({ address, confirm }) => ({ address, confirm })) })
  })
  routes.post('/purge', async (c) => {
    requireDesigner(c)
    const input = purgeBody.parse(await readJson(c))
    const address = asText(input.address) ?? ''
    const hidden = listHidden(await live.reload()).find((each) => each.address === address)
    if (hidden === undefined) throw nothingHidden(address)
    if (input.confirm !== hidden.confirm) throw confirmationMissing(hidden.confirm)
    const next = await publish(direct, {
      replan: async (transaction) => planPurge(transaction, await loadLiveState(transaction, live.state), address),
      planHash: undefined,
      acceptance: { accept: ['destructive'], confirm: hidden.confirm },
      actor: c.get('actor').id,
    })
    live.adopt(next)
    return c.json({ release: next.release.number })
  })
  return routes
}

/** @throws Fault 404 when there never was such a release */
async function releaseState({ database, live }: Services, text: string): Promise<LiveState> {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : -1
  const state = number === live.release.number ? live.state : await loadState(database, number)
  if (state === undefined) throw unknownRelease(text)
  return state
}
