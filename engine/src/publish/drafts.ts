import { type Address, asObject, type JsonObject } from '@heddle/metadata'
import type { Connection, Database, Transaction } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { hashOf } from './blobs.ts'
import { mergeThreeWay } from './merge-three-way.ts'
import { draftStale, draftsInTheWay, draftVersionMissing } from './publish-errors.ts'

/** One unpublished change: the wanted document, or the wish to remove it. */
export interface Draft {
  readonly address: Address
  readonly body: JsonObject
  /** The live body that the draft changes, null where there was none: what goes live later is not taken back. */
  readonly base: JsonObject | null
  readonly isRemoved: boolean
  readonly etag: string
  readonly updatedAt: string
  readonly updatedBy: string | null
}

interface DraftRow {
  readonly address: string
  readonly body: string | null
  readonly base: string | null
  readonly is_removed: boolean
  readonly etag: string
  readonly updated_at: Date
  readonly updated_by: string | null
}

/** All drafts, by address. */
export async function listDrafts(connection: Connection): Promise<Draft[]> {
  const rows = await connection<DraftRow[]>`
    select address, body::text as body, base::text as base, is_removed, etag, updated_at, updated_by
    from heddle.draft order by address`
  return rows.map(draftOf)
}

/** The draft of one definition. */
export async function findDraft(connection: Connection, address: Address): Promise<Draft | undefined> {
  const rows = await connection<DraftRow[]>`
    select address, body::text as body, base::text as base, is_removed, etag, updated_at, updated_by
    from heddle.draft where address = ${address}`
  return rows.map(draftOf)[0]
}

/** A wanted change of one definition. */
export interface DraftWish {
  readonly address: Address
  /** The wanted document; undefined to only set or lift the removal. */
  readonly body: JsonObject | undefined
  readonly isRemoved: boolean
  /** The ETag of the version the client edited. */
  readonly ifMatch: string | undefined
  /** The live effective body, null when there is none. */
  readonly live: JsonObject | null
  /** What a definition that is not live begins with. */
  readonly former?: JsonObject | null
  readonly actor: string
}

/**
 * Saves a draft. When another administrator has changed the same draft since, both changes are merged per property.
 * @throws Fault 412 with base, theirs and yours where both changed one property; 428 without `ifMatch` on an existing draft
 */
export function saveDraft(database: Database, wish: DraftWish): Promise<Draft> {
  return inTransaction(database, (transaction) => saveDraftWithin(transaction, wish))
}

/**
 * Saves drafts of definitions that have none, all or nothing.
 * @throws Fault 409 naming the definitions that are drafted already
 */
export function saveNewDrafts(database: Database, wishes: readonly DraftWish[]): Promise<Draft[]> {
  return inTransaction(database, async (transaction) => {
    const addresses = wishes.map(({ address }) => address).sort()
    for (const address of addresses) await lockDraft(transaction, address)
    const taken = await transaction<{ address: string }[]>`
      select address from heddle.draft where address = any(${addresses}::text[]) order by 1`
    if (taken.length > 0) throw draftsInTheWay(taken.map(({ address }) => address))
    const saved: Draft[] = []
    for (const wish of wishes) saved.push(await saveDraftWithin(transaction, wish))
    return saved
  })
}

async function lockDraft(transaction: Transaction, address: Address): Promise<void> {
  await transaction`select pg_advisory_xact_lock(hashtext(${`heddle.draft ${address}`}))`
}

async function saveDraftWithin(transaction: Transaction, wish: DraftWish): Promise<Draft> {
  await lockDraft(transaction, wish.address)
  // A publish that takes the draft away waits, and leaves what was saved since it was planned.
  await transaction`select 1 from heddle.draft where address = ${wish.address} for update`
  const existing = await findDraft(transaction, wish.address)
  const body = await mergedBody(transaction, wish, existing)
  // Who forces says what the whole is to be, whatever went live meanwhile.
  const base = existing === undefined || wish.ifMatch === '*' ? wish.live : existing.base
  const etag = hashOf({ body, removed: wish.isRemoved })
  await rememberVersion(transaction, body)
  const rows = await transaction<DraftRow[]>`
      insert into heddle.draft (address, body, base, is_removed, etag, updated_at, updated_by)
      values (${wish.address}, ${JSON.stringify(body)}, ${base === null ? null : JSON.stringify(base)},
              ${wish.isRemoved}, ${etag}, now(), ${wish.actor})
      on conflict (address) do update set body = excluded.body, base = excluded.base, is_removed = excluded.is_removed,
        etag = excluded.etag, updated_at = excluded.updated_at, updated_by = excluded.updated_by
      returning address, body::text as body, base::text as base, is_removed, etag, updated_at, updated_by`
  const [saved] = rows.map(draftOf)
  if (saved === undefined) throw new Error('The draft was not written.')
  return saved
}

/** Discards one draft, or all; returns how many there were. */
export async function discardDrafts(connection: Connection, address?: Address): Promise<number> {
  const result =
    address === undefined
      ? await connection`delete from heddle.draft`
      : await connection`delete from heddle.draft where address = ${address}`
  return result.count
}

/** Removes drafts that are published; one that somebody has changed since it was read stays, as a change of what is live now. */
export async function forgetDrafts(connection: Connection, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return
  const addresses = drafts.map((draft) => draft.address)
  await connection`
    delete from heddle.draft using unnest(
      ${addresses}::text[], ${drafts.map((draft) => draft.etag)}::text[]) as read (address, etag)
    where draft.address = read.address and draft.etag = read.etag`
  const bodies = drafts.map(({ body, isRemoved }) => (isRemoved ? null : JSON.stringify(body)))
  await connection`
    update heddle.draft set base = published.body::json
    from unnest(${addresses}::text[], ${bodies}::text[]) as published (address, body)
    where draft.address = published.address`
}

async function mergedBody(connection: Connection, wish: DraftWish, existing: Draft | undefined): Promise<JsonObject> {
  const wanted = wish.body
  const begun = wish.live ?? wish.former ?? null
  const theirs = existing ?? (begun === null ? undefined : { body: begun, etag: hashOf(begun) })
  if (existing !== undefined && wish.ifMatch === undefined) throw draftVersionMissing(existing.etag)
  if (wanted === undefined) {
    const isRead = existing === undefined || wish.ifMatch === '*' || wish.ifMatch === existing.etag
    if (!isRead) throw draftStale({ theirs: existing.body, etag: existing.etag })
    return theirs?.body ?? {}
  }
  if (theirs === undefined || wish.ifMatch === undefined) return wanted
  if (wish.ifMatch === theirs.etag || wish.ifMatch === '*') return wanted
  const base = await editedVersion(connection, wish)
  if (base === undefined) throw draftStale({ theirs: theirs.body, yours: wanted, etag: theirs.etag })
  return mergeOrRefuse(base, theirs, wanted)
}

/** The body that the client's ETag stands for: the live one, an earlier version of the draft, or one live before. */
async function editedVersion(connection: Connection, wish: DraftWish): Promise<JsonObject | undefined> {
  if (wish.live !== null && hashOf(wish.live) === wish.ifMatch) return wish.live
  const [row] = await connection<{ body: string }[]>`
    select body::text as body from heddle.blob where hash in (${`draft ${wish.ifMatch ?? ''}`}, ${wish.ifMatch ?? ''})`
  return row === undefined ? undefined : asObject(JSON.parse(row.body))
}

async function rememberVersion(connection: Connection, body: JsonObject): Promise<void> {
  for (const isRemoved of [false, true]) {
    await connection`
      insert into heddle.blob (hash, body)
      values (${`draft ${hashOf({ body, removed: isRemoved })}`}, ${JSON.stringify(body)}) on conflict do nothing`
  }
}

/** @throws Fault 412 where both changed one property */
function mergeOrRefuse(base: JsonObject, theirs: Pick<Draft, 'body' | 'etag'>, yours: JsonObject): JsonObject {
  const { document, conflicts } = mergeThreeWay(base, theirs.body, yours)
  if (conflicts.length === 0) return document
  throw draftStale(
    { conflicts, etag: theirs.etag },
    conflicts.map(({ path }) => ({ path, code: 'draft.conflict', message: 'Both of you changed this property.' })),
  )
}

function draftOf(row: DraftRow): Draft {
  return {
    address: row.address,
    body: row.body === null ? {} : asObject(JSON.parse(row.body)),
    base: row.base === null ? null : asObject(JSON.parse(row.base)),
    isRemoved: row.is_removed,
    etag: row.etag,
    updatedAt: row.updated_at.toISOString(),
    updatedBy: row.updated_by,
  }
}
