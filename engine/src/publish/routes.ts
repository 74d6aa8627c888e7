import {
  type Address,
  asText,
  asTexts,
  type Definition,
  isObject,
  type JsonObject,
  kinds,
  localizeBody,
  nearest,
  type Release,
  type SchemaPurpose,
  schemaPurposes,
} from '@heddle/metadata'
import { type Context, Hono } from 'hono'
import { findEntity } from '../access/entity-lookup.ts'
import { shownSchema } from '../access/entity-schema.ts'
import { requireSystem, rightsKey } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import { shownDefinition } from '../access/trim-definitions.ts'
import { badParameter, unknownEntity } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { hashOf } from './blobs.ts'
import { draftBody, planBody, publishBody } from './bodies.ts'
import { lastBody } from './bring-back.ts'
import { type Draft, discardDrafts, findDraft, listDrafts, saveDraft } from './drafts.ts'
import { loadLiveState, titleOf } from './live-state.ts'
import { planDrafts, selectionOf } from './plan.ts'
import { publish } from './publish.ts'
import { emptyDraft, nothingDrafted, unknownDefinition } from './publish-errors.ts'
import { releaseRoutes } from './release-routes.ts'
import { renderPlan } from './render-plan.ts'
import { isAcceptable } from './steps/step.ts'

/** `/api/metadata/…`: what is live, drafts, plan, publish, releases. */
export function metadataRoutes(services: Services): Hono<Environment> {
  const { database, direct, live } = services
  const routes = new Hono<Environment>()
  const requireDesigner = (c: Context<Environment>) => requireSystem(c.var.release, c.var.actor, 'design')

  routes.get('/', (c) => {
    const { actor, release } = c.var
    const wanted = parseKinds(c.req.query('kinds'))
    const locale = c.req.query('locale')
    const isWhole = c.req.query('bodies') === 'true'
    // What is shown depends on the reader's rights as well.
    const etag = `"${hashOf([release.number, locale ?? '', isWhole, wanted ?? [], rightsKey(actor)])}"`
    c.header('etag', etag)
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    const chosen = [...release.definitions.values()]
      .filter(({ kind }) => wanted === undefined || wanted.includes(kind))
      .flatMap((definition) => shownDefinition({ release, actor }, definition) ?? [])
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
    const input = draftBody.parse(await readJson(c))
    if (input.body === undefined && input.removed === undefined) throw emptyDraft()
    const known = live.state.folded.definitions.get(address)?.body ?? null
    const isLifted = known === null && input.body === undefined && input.removed === false
    const draft = await saveDraft(database, {
      address,
      body: isObject(input.body) ? input.body : undefined,
      isRemoved: input.removed === true,
      ifMatch: c.req.header('if-match')?.replaceAll('"', ''),
      live: known,
      ...(isLifted ? { former: await lastBody(database, live.state, address) } : {}),
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
    const drafts = await listDrafts(database)
    requireDrafted(drafts, only)
    return c.json(renderPlan(await planDrafts(direct, state, drafts, only)))
  })
  routes.post('/publish', async (c) => {
    requireDesigner(c)
    const input = publishBody.parse(await readJson(c))
    const planHash = asText(input.planHash) ?? ''
    const only = input.only === undefined ? selectionOf(planHash) : asTexts(input.only)
    const next = await publish(direct, {
      replan: async (transaction, known) =>
        planDrafts(
          transaction,
          await loadLiveState(transaction, live.state),
          await listDrafts(transaction),
          only,
          known,
        ),
      planHash,
      acceptance: {
        accept: asTexts(input.accept).filter(isAcceptable),
        confirm: asText(input.confirm) ?? asTexts(input.confirm),
      },
      actor: c.var.actor.id,
    })
    live.adopt(next)
    return c.json({ release: next.release.number })
  })

  routes.route('/', releaseRoutes(services))
  routes.get('/:kind/:name', (c) => {
    const address = addressParam(c)
    const { release, actor } = c.var
    const definition = release.definitions.get(address)
    const shown = definition && shownDefinition({ release, actor }, definition)
    if (shown === undefined) throw unknownDefinition(address, nearestShown({ release, actor }, address))
    const { kind, name, owner } = shown
    const body = localizedBody(release, shown, c.req.query('locale'))
    // Of what is shown: nobody can take a translated or trimmed document for the one to change.
    c.header('etag', `"${hashOf(body)}"`)
    return c.json({ kind, name, owner, body })
  })
  routes.get('/entity/:name/schema', (c) => {
    const entity = findEntity(c.var, c.req.param('name'))
    const { release, actor } = c.var
    const definition = release.definitions.get(`entity/${entity.name}`)
    if (!definition || !shownDefinition({ release, actor }, definition)) throw unknownEntity(c.req.param('name'))
    return c.json(shownSchema({ release, actor }, entity, parsePurpose(c.req.query('for'))))
  })
  return routes
}

function localizedBody(release: Release, { kind, name, body }: Definition, locale: string | undefined): JsonObject {
  return locale === undefined ? body : localizeBody(release.definitions, `${kind}/${name}`, body, locale)
}

/** @throws Fault 400 with the nearest kind */
function parseKinds(text: string | undefined): string[] | undefined {
  const wanted = text?.split(',')
  for (const kind of wanted ?? []) {
    if (Object.hasOwn(kinds, kind)) continue
    const near = nearest(kind, Object.keys(kinds))
    throw badParameter('kinds', `There is no kind “${kind}”${near === undefined ? '.' : `; did you mean “${near}”?`}`)
  }
  return wanted
}

/** The address most like this one, among those that the reader may see. */
function nearestShown(reader: Reader, address: Address): Address | undefined {
  const shown = [...reader.release.definitions].filter(([, each]) => shownDefinition(reader, each) !== undefined)
  return nearest(
    address,
    shown.map(([known]) => known),
  )
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

/** The addresses to plan; a plan of everything needs no body. */
async function parseOnly(c: Context<Environment>): Promise<Address[] | undefined> {
  const isEmpty = c.req.header('transfer-encoding') === undefined && (c.req.header('content-length') ?? '0') === '0'
  const { only } = isEmpty ? {} : planBody.parse(await readJson(c))
  return only === undefined ? undefined : asTexts(only)
}

/** @throws Fault 422 naming what there is no draft of */
function requireDrafted(drafts: readonly Draft[], only: readonly Address[] = []): void {
  const known = drafts.map(({ address }) => address)
  const missing = only.findIndex((address) => !known.includes(address))
  const address = only[missing]
  if (address !== undefined) throw nothingDrafted(missing, address, nearest(address, known))
}
