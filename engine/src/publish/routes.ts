import {
  type Address,
  asObject,
  asText,
  asTexts,
  type Definition,
  isObject,
  type JsonObject,
  kinds,
  localizeBody,
  nearest,
  pureSchema,
  type Release,
  type SchemaPurpose,
  schemaPurposes,
} from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { findEntity } from '../access/entity-lookup.ts'
import { requireSystem } from '../access/grant.ts'
import { badParameter, malformedJson, unknownDefinition } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { hashOf } from './blobs.ts'
import { lastBody } from './bring-back.ts'
import { discardDrafts, findDraft, listDrafts, saveDraft } from './drafts.ts'
import { loadLiveState, titleOf } from './live-state.ts'
import { planDrafts } from './plan.ts'
import { publish } from './publish.ts'
import { releaseRoutes } from './release-routes.ts'
import { renderPlan } from './render-plan.ts'
import { isAcceptable } from './steps/step.ts'

/** `/api/metadata/…`: what is live, drafts, plan, publish, releases. */
export function metadataRoutes(services: Services): Hono<Environment> {
  const { database, live } = services
  const routes = new Hono<Environment>()
  const requireDesigner = (c: Context<Environment>) => requireSystem(c.var.release, c.var.actor, 'design')

  routes.get('/', (c) => {
    const { release } = c.var
    const wanted = c.req.query('kinds')?.split(',')
    const locale = c.req.query('locale')
    const isWhole = c.req.query('bodies') === 'true'
    const etag = `"${release.number}-${locale ?? ''}-${isWhole}-${wanted?.join() ?? ''}"`
    c.header('etag', etag)
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    const chosen = [...release.definitions.values()].filter(({ kind }) => wanted === undefined || wanted.includes(kind))
    const items = chosen.map((definition) => {
      const { kind, name, owner } = definition
      const body = localizedBody(release, definition, locale)
      const item = { kind, name, title: titleOf({ name, body }), owner, etag: hashOf(definition.body) }
      return isWhole ? { ...item, body } : item
    })
    return c.json({ release: release.number, items })
  })

  routes.get('/draft', async (c) => {
    requireDesigner(c)
    const drafts = await listDrafts(database)
    const items = drafts.map(({ address, isRemoved, etag, updatedAt, updatedBy }) => {
      return { address, removed: isRemoved, etag, updatedAt, updatedBy }
    })
    return c.json({ items })
  })
  routes.delete('/draft', async (c) => {
    requireDesigner(c)
    return c.json({ discarded: await discardDrafts(database) })
  })
  routes.get('/draft/:kind/:name', async (c) => {
    requireDesigner(c)
    const address = addressParam(c)
    const draft = await findDraft(database, address)
    if (draft === undefined) throw unknownDefinition(address)
    c.header('etag', `"${draft.etag}"`)
    return c.json({ ...c.req.param(), removed: draft.isRemoved, body: draft.body })
  })
  routes.put('/draft/:kind/:name', async (c) => {
    requireDesigner(c)
    const address = addressParam(c)
    const input = asObject(await readJson(c))
    if (!isObject(input.body) && typeof input.removed !== 'boolean') {
      throw malformedJson('send {"body": {…}}, or {"removed": true}.')
    }
    const known = live.state.folded.definitions.get(address)?.body ?? null
    const isLifted = known === null && input.body === undefined && input.removed === false
    const draft = await saveDraft(database, {
      address,
      body: isObject(input.body) ? input.body : undefined,
      isRemoved: input.removed === true,
      ifMatch: c.req.header('if-match')?.replaceAll('"', ''),
      live: isLifted ? await lastBody(database, live.state, address) : known,
      actor: c.var.actor.id,
    })
    c.header('etag', `"${draft.etag}"`)
    return c.json({ ...c.req.param(), removed: draft.isRemoved, body: draft.body })
  })
  routes.delete('/draft/:kind/:name', async (c) => {
    requireDesigner(c)
    return c.json({ discarded: await discardDrafts(database, addressParam(c)) })
  })

  routes.post('/plan', async (c) => {
    requireDesigner(c)
    const only = await parseOnly(c)
    const state = await live.reload()
    return c.json(renderPlan(await planDrafts(database, state, await listDrafts(database), only)))
  })
  routes.post('/publish', async (c) => {
    requireDesigner(c)
    const input = asObject(await readJson(c))
    const planHash = asText(input.planHash)
    if (planHash === undefined) throw malformedJson('send the “planHash” of the plan you read.')
    const only = input.only === undefined ? undefined : asTexts(input.only)
    const next = await publish(database, {
      replan: async (transaction, known) =>
        planDrafts(
          transaction,
          await loadLiveState(transaction, live.state),
          await listDrafts(transaction),
          only,
          known,
        ),
      planHash,
      acceptance: { accept: asTexts(input.accept).filter(isAcceptable), confirm: asText(input.confirm) },
      actor: c.var.actor.id,
    })
    live.adopt(next)
    return c.json({ release: next.release.number })
  })

  routes.route('/', releaseRoutes(services))
  routes.get('/:kind/:name', (c) => {
    const address = addressParam(c)
    const definition = c.var.release.definitions.get(address)
    if (definition === undefined) throw unknownDefinition(address, nearest(address, c.var.release.definitions.keys()))
    const { kind, name, owner } = definition
    c.header('etag', `"${hashOf(definition.body)}"`)
    return c.json({ kind, name, owner, body: localizedBody(c.var.release, definition, c.req.query('locale')) })
  })
  routes.get('/entity/:name/schema', (c) => {
    const entity = findEntity(c.var.release, c.req.param('name'))
    return c.json(pureSchema(c.var.release, entity, parsePurpose(c.req.query('for'))))
  })
  return routes
}

function localizedBody(release: Release, { kind, name, body }: Definition, locale: string | undefined): JsonObject {
  return locale === undefined ? body : localizeBody(release.definitions, `${kind}/${name}`, body, locale)
}

function addressParam(c: Context<Environment>): Address {
  const { kind = '', name = '' } = c.req.param()
  if (!Object.hasOwn(kinds, kind)) throw unknownDefinition(`${kind}/${name}`, nearest(kind, Object.keys(kinds)))
  return `${kind}/${name}`
}

function parsePurpose(text: string | undefined): SchemaPurpose {
  const purpose = schemaPurposes.find((each) => each === (text ?? 'create'))
  if (purpose === undefined) throw badParameter('for', `“for” must be one of ${schemaPurposes.join(', ')}.`)
  return purpose
}

async function parseOnly(c: Context<Environment>): Promise<string[] | undefined> {
  if ((c.req.header('content-length') ?? '0') === '0') return undefined
  const input = asObject(await readJson(c))
  return input.only === undefined ? undefined : asTexts(input.only)
}
