import { asObject, asText, type Entity, isObject, type JsonObject } from '@heddle/metadata'
import type { DeviceStore } from '../device-store.ts'
import { changedFields } from './changes.ts'
import { type Merged, mergeVersions } from './merge-versions.ts'

/** Unsaved work on one record: what was changed, and what it was changed from. */
export interface Draft {
  readonly base: JsonObject
  readonly mine: JsonObject
  /** ISO 8601 moment of the last change. */
  readonly at: string
  /** Of the form: makes a repeated create answer the first one's record. */
  readonly idempotencyKey: string
  /** The version of the record it was changed from; unknown of a new one. */
  readonly version?: number | undefined
}

/**
 * The name of a record's draft on this device; each person has their own. A new record has one for each `way` that leads
 * to its form: what is made in passing is not what the form around it makes.
 */
export function draftName(person: string, entity: string, id: string | undefined, way = ''): string {
  return `heddle.draft.${person}.${id === undefined ? `${way}${entity}.new` : `${entity}.${id}`}`
}

/** The unsaved work between two states of a form. Secret values are left out: they must not stay on the device. */
export function draftOf(
  entity: Entity,
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
  { isSecret, ...terms }: DraftTerms,
): Draft | undefined {
  const changed = changedFields(entity, before, after).filter((field) => !isSecret(field.name))
  if (changed.length === 0) return undefined
  const pick = (values: JsonObject) => Object.fromEntries(changed.map(({ name }) => [name, values[name] ?? null]))
  return { base: pick(before), mine: { ...pick(after), _related: asObject(after._related) }, ...terms }
}

interface DraftTerms extends Pick<Draft, 'at' | 'idempotencyKey' | 'version'> {
  readonly isSecret: (field: string) => boolean
}

/** A draft put on top of the record as it is now. */
export function resumeDraft(entity: Entity, current: JsonObject, draft: Draft): Merged {
  const { base, mine } = draftSides(entity, current, draft)
  return mergeVersions(entity, base, { mine, theirs: current })
}

/** The values a draft was made from and the values it made of them, as far as they are known; `current` for the rest. */
export function draftSides(entity: Entity, current: JsonObject, draft: Draft) {
  const known = (values: JsonObject) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => entity.fields.has(name)))
  const related = { ...asObject(current._related), ...asObject(draft.mine._related) }
  return {
    base: { ...current, ...known(draft.base) },
    mine: { ...current, ...known(draft.mine), _related: related },
  }
}

/** The draft kept under that name, undefined when there is none. */
export function readDraft(store: DeviceStore, name: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(store.getItem(name) ?? 'null')
    if (!isObject(draft) || !isObject(draft.base) || !isObject(draft.mine)) return undefined
    const { base, mine, at, idempotencyKey, version } = draft
    return {
      ...{ base, mine, at: asText(at) ?? '', idempotencyKey: asText(idempotencyKey) ?? '' },
      version: typeof version === 'number' ? version : undefined,
    }
  } catch {
    return undefined
  }
}

/** Keeps a draft, or forgets it when there is nothing to keep. */
export function keepDraft(store: DeviceStore, name: string, draft: Draft | undefined): void {
  if (draft === undefined) store.removeItem(name)
  else store.setItem(name, JSON.stringify(draft))
}
