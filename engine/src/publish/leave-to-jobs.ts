import type { KeptField, Storage } from '@heddle/metadata'
import { changedKept } from './changed-kept.ts'
import { type LiveState, withStorage } from './live-state.ts'

/**
 * The next state with its stored formulas that a job is to work out, because their table is big, as pending: until then
 * they are worked out when read. Those that the publish itself works out are pending no longer.
 */
export function leaveToJobs(live: LiveState, next: LiveState, isBig: (table: string) => boolean): LiveState {
  const formulas = changedKept(live.release, next.release).filter(({ rollup }) => rollup === undefined)
  const storage = formulas.reduce((stored, kept) => withWait(stored, kept, isBig(kept.entity.table)), next.storage)
  return storage === next.storage ? next : withStorage(next, storage)
}

function withWait(storage: Storage, { entity, field }: KeptField, isWaiting: boolean): Storage {
  const stored = storage.entities[entity.id]
  if (stored === undefined || (stored.pending?.includes(field.id) ?? false) === isWaiting) return storage
  const { pending: before = [], ...rest } = stored
  const pending = isWaiting ? [...before, field.id] : before.filter((id) => id !== field.id)
  const next = pending.length === 0 ? rest : { ...rest, pending }
  return { ...storage, entities: { ...storage.entities, [entity.id]: next } }
}
