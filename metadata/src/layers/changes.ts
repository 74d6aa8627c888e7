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

/**
 * Applies changes in order to a copy; what finds no place is reported, never thrown. Several that name one anchor stand
 * behind it in their own order.
 */
export function applyChanges(
  document: JsonObject,
  changes: readonly Change[],
): { document: JsonObject; misfits: Misfit[] } {
  const applying: Applying = { misfits: [], placed: new Map() }
  let result = document
  for (const change of changes) {
    result = applyAt(result, parsePointer(change.path), change, applying)
  }
  return { document: result, misfits: applying.misfits }
}

/** What is known while changes are applied. */
interface Applying {
  readonly misfits: Misfit[]
  /** The keys that were placed behind an anchor, by the pointer that the anchor would have. */
  readonly placed: Map<string, string[]>
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
    const inner = diffValues(base[key] ?? null, value, at)
    changes.push(...(anchors.has(key) ? moved(toPointer(at), anchors.get(key) ?? null, inner) : inner))
  }
  return changes
}

/** One change a path: a value that is replaced as a whole is placed by the same change. */
function moved(path: string, after: string | null, inner: readonly Change[]): Change[] {
  const [first] = inner
  if (first?.op === 'set' && first.path === path) return [{ ...first, after }]
  return [{ op: 'move', path, after }, ...inner]
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

function applyAt(object: JsonObject, segments: readonly string[], change: Change, applying: Applying): JsonObject {
  const [key, ...rest] = segments
  if (key === undefined) return change.op === 'set' ? asObject(change.value) : object
  if (rest.length > 0) {
    const child = Object.hasOwn(object, key) ? object[key] : undefined
    if (!isObject(child)) {
      applying.misfits.push({ change, reason: 'missing-parent' })
      return object
    }
    return { ...object, [key]: applyAt(child, rest, change, applying) }
  }
  return applyHere(object, key, change, applying)
}

function applyHere(object: JsonObject, key: string, change: Change, applying: Applying): JsonObject {
  const exists = Object.hasOwn(object, key)
  if (change.op === 'remove') {
    if (!exists) applying.misfits.push({ change, reason: 'missing-target' })
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
  }
  if (change.op === 'move' && !exists) {
    applying.misfits.push({ change, reason: 'missing-target' })
    return object
  }
  const value = change.op === 'set' ? change.value : (object[key] ?? null)
  if (change.after === undefined) return { ...object, [key]: value }
  return placeAfter(object, [key, value], { ...change, after: change.after }, applying)
}

function placeAfter(
  object: JsonObject,
  [key, value]: readonly [string, Json],
  change: Change & { readonly after: string | null },
  { misfits, placed }: Applying,
): JsonObject {
  const others = Object.entries(object).filter(([name]) => name !== key)
  const anchor = `${change.path.slice(0, change.path.lastIndexOf('/'))} ${JSON.stringify(change.after)}`
  const before = placed.get(anchor) ?? []
  placed.set(anchor, [...before, key])
  const behind = new Set([change.after, ...before])
  const index = others.findLastIndex(([name]) => behind.has(name))
  const isAnchored = change.after === null || Object.hasOwn(object, change.after)
  if (!isAnchored) misfits.push({ change, reason: 'missing-anchor' })
  const at = isAnchored || index >= 0 ? index + 1 : others.length
  return Object.fromEntries([...others.slice(0, at), [key, value], ...others.slice(at)])
}
