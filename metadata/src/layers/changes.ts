import { asObject, isEqual, isObject, type Json, type JsonObject, parsePointer, toPointer } from '../json.ts'

/** One addressed change inside a document. `after` places the key behind a sibling, null places it first. */
export type Change =
  | {
      readonly op: 'set'
      readonly path: string
      readonly value: Json
      readonly base?: Json
      readonly after?: string | null
    }
  | { readonly op: 'remove'; readonly path: string; readonly base: Json }
  | { readonly op: 'move'; readonly path: string; readonly after: string | null }

/** The changes that turn `base` into `target`; the order of keys is meaning and reproduced. */
export function diffDocuments(base: JsonObject, target: JsonObject): Change[] {
  return diffObjects(base, target, [])
}

/** A change that found nothing to act on. */
export interface Misfit {
  readonly change: Change
  readonly reason: 'missing-parent' | 'missing-anchor' | 'missing-target'
}

/** Applies changes in order to a copy; what finds no place is reported, never thrown. */
export function applyChanges(
  document: JsonObject,
  changes: readonly Change[],
): { document: JsonObject; misfits: Misfit[] } {
  const misfits: Misfit[] = []
  let result = document
  for (const change of changes) {
    result = applyAt(result, parsePointer(change.path), change, misfits)
  }
  return { document: result, misfits }
}

function diffObjects(base: JsonObject, target: JsonObject, path: readonly string[]): Change[] {
  const changes: Change[] = []
  for (const [key, value] of Object.entries(base)) {
    if (!Object.hasOwn(target, key)) changes.push({ op: 'remove', path: toPointer([...path, key]), base: value })
  }
  const anchors = anchorsOf(base, target)
  for (const [key, value] of Object.entries(target)) {
    const at = [...path, key]
    const place = anchors.has(key) ? { after: anchors.get(key) ?? null } : {}
    if (!Object.hasOwn(base, key)) {
      changes.push({ op: 'set', path: toPointer(at), value, ...place })
      continue
    }
    if (anchors.has(key)) changes.push({ op: 'move', path: toPointer(at), after: anchors.get(key) ?? null })
    changes.push(...diffValues(base[key] ?? null, value, at))
  }
  return changes
}

function diffValues(base: Json, target: Json, path: readonly string[]): Change[] {
  if (isObject(base) && isObject(target)) return diffObjects(base, target, path)
  return isEqual(base, target, 'counts') ? [] : [{ op: 'set', path: toPointer(path), value: target, base }]
}

/** The keys that must be placed, each with the key before it; none when appending in order gives the target. */
function anchorsOf(base: JsonObject, target: JsonObject): Map<string, string | null> {
  const wanted = Object.keys(target)
  const kept = Object.keys(base).filter((key) => Object.hasOwn(target, key))
  const natural = [...kept, ...wanted.filter((key) => !Object.hasOwn(base, key))]
  const anchors = new Map<string, string | null>()
  if (natural.every((key, index) => key === wanted[index])) return anchors
  const steady = longestRun(kept, wanted)
  wanted.forEach((key, index) => {
    if (!steady.has(key)) anchors.set(key, wanted[index - 1] ?? null)
  })
  return anchors
}

/** A longest set of kept keys that already stand in the wanted order. */
function longestRun(kept: readonly string[], wanted: readonly string[]): Set<string> {
  const position = new Map(wanted.map((key, index) => [key, index]))
  const best: { length: number; previous: number }[] = []
  kept.forEach((key, index) => {
    let entry = { length: 1, previous: -1 }
    for (let before = 0; before < index; before++) {
      const isInOrder = (position.get(kept[before] ?? '') ?? 0) < (position.get(key) ?? 0)
      const length = (best[before]?.length ?? 0) + 1
      if (isInOrder && length > entry.length) entry = { length, previous: before }
    }
    best.push(entry)
  })
  const run = new Set<string>()
  let at = best.reduce((top, entry, index) => (entry.length > (best[top]?.length ?? 0) ? index : top), 0)
  while (at >= 0 && at < kept.length) {
    run.add(kept[at] ?? '')
    at = best[at]?.previous ?? -1
  }
  return run
}

function applyAt(object: JsonObject, segments: readonly string[], change: Change, misfits: Misfit[]): JsonObject {
  const [key, ...rest] = segments
  if (key === undefined) return change.op === 'set' ? asObject(change.value) : object
  if (rest.length > 0) {
    const child = Object.hasOwn(object, key) ? object[key] : undefined
    if (!isObject(child)) {
      misfits.push({ change, reason: 'missing-parent' })
      return object
    }
    return { ...object, [key]: applyAt(child, rest, change, misfits) }
  }
  return applyHere(object, key, change, misfits)
}

function applyHere(object: JsonObject, key: string, change: Change, misfits: Misfit[]): JsonObject {
  const exists = Object.hasOwn(object, key)
  if (change.op === 'remove') {
    if (!exists) misfits.push({ change, reason: 'missing-target' })
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
  }
  if (change.op === 'move' && !exists) {
    misfits.push({ change, reason: 'missing-target' })
    return object
  }
  const value = change.op === 'set' ? change.value : (object[key] ?? null)
  if (change.after === undefined) return { ...object, [key]: value }
  return placeAfter(object, key, value, change, misfits)
}

function placeAfter(object: JsonObject, key: string, value: Json, change: Change, misfits: Misfit[]): JsonObject {
  const anchor = change.op === 'remove' ? undefined : change.after
  const others = Object.entries(object).filter(([name]) => name !== key)
  if (anchor === null) return Object.fromEntries([[key, value], ...others])
  const index = others.findIndex(([name]) => name === anchor)
  if (index < 0) misfits.push({ change, reason: 'missing-anchor' })
  const at = index < 0 ? others.length : index + 1
  return Object.fromEntries([...others.slice(0, at), [key, value], ...others.slice(at)])
}
