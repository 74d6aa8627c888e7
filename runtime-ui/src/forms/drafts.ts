import { asObject, asText, type Entity, isObject, type JsonObject } from '@heddle/metadata'
import { changedFields } from './changes.ts'
import { type Merged, mergeVersions } from './merge-versions.ts'

/** Unsaved work on one record: what was changed, and what it was changed from. */
export interface Draft {
  readonly base: JsonObject
  readonly mine: JsonObject
  /** ISO 8601 moment of the last change. */
  readonly at: string
  /** Makes a repeated create answer the first one's record. */
  readonly idempotencyKey: string
}

/** Where drafts are kept; the browser's `localStorage` is one. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The name of a record's draft on this device; each person has their own. */
export function draftName(person: string, entity: string, id: string | undefined): string {
  return `heddle.draft.${person}.${entity}.${id ?? 'new'}`
}

/** The unsaved work between two states of a form. Secret values are left out: they must not stay on the device. */
export function draftOf(
  entity: Entity,
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
  { isSecret, idempotencyKey, at }: DraftTerms,
): Draft | undefined {
  const changed = changedFields(entity, before, after).filter((field) => !isSecret(field.name))
  if (changed.length === 0) return undefined
  const pick = (values: JsonObject) => Object.fromEntries(changed.map(({ name }) => [name, values[name] ?? null]))
  return { base: pick(before), mine: { ...pick(after), _related: asObject(after._related) }, at, idempotencyKey }
}

interface DraftTerms {
  readonly isSecret: (field: string) => boolean
  readonly idempotencyKey: string
  readonly at: string
}

/** A draft put on top of the record as it is now. */
export function resumeDraft(entity: Entity, current: JsonObject, draft: Draft): Merged {
  const known = (values: JsonObject) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => entity.fields.has(name)))
  const related = { ...asObject(current._related), ...asObject(draft.mine._related) }
  return mergeVersions(
    entity,
    { ...current, ...known(draft.base) },
    { mine: { ...current, ...known(draft.mine), _related: related }, theirs: current },
  )
}

/** The draft kept under that name, undefined when there is none. */
export function readDraft(storage: DraftStorage, name: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(storage.getItem(name) ?? 'null')
    if (!isObject(draft) || !isObject(draft.base) || !isObject(draft.mine)) return undefined
    const { base, mine, at, idempotencyKey } = draft
    return { base, mine, at: asText(at) ?? '', idempotencyKey: asText(idempotencyKey) ?? '' }
  } catch {
    return undefined
  }
}

/** Keeps a draft, or forgets it when there is nothing to keep; a full or forbidden storage loses nothing on the page. */
export function keepDraft(storage: DraftStorage, name: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) storage.removeItem(name)
    else storage.setItem(name, JSON.stringify(draft))
  } catch {
    console.warn('This device has no room for unsaved changes; they stay on the page until it is left.')
  }
}
