import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asObject, isEqual, isObject, type Json, parsePointer, readPointer, toPointer } from '../json.ts'
import { entityIdOf } from '../release/identity.ts'
import type { Change } from './changes.ts'
import type { Override } from './fold.ts'
import { relocatePath } from './relocate-path.ts'
import { keyedForm } from './sets.ts'

/** What a new version of the layers below makes of one override; the site's value stays live in any case. */
export interface ClassifiedOverride {
  /** clean: still fits. moved: its target was renamed. conflict: what it replaced is no longer what stands there. */
  readonly state: 'clean' | 'moved' | 'conflict'
  readonly was: Override
  /** The override for the new version: at the new place when its target was renamed. */
  readonly override: Override
  /** What the new version says there; undefined when it says nothing. */
  readonly theirs: Json | undefined
}

/** Definitions that overrides apply to: the fold of the layers below. */
type Definitions = ReadonlyMap<Address, Definition>

/** Compares overrides with the definitions they were made for and with those they are to apply to. */
export function classifyOverrides(
  before: Definitions,
  after: Definitions,
  overrides: readonly Override[],
): ClassifiedOverride[] {
  return overrides.map((was) => {
    const override = relocate(before, after, was)
    const theirs = valueAt(after.get(override.address), override.path)
    const hasMoved = override.address !== was.address || override.path !== was.path
    const isFitting = fits(override, theirs) && hasPlace(after.get(override.address), override)
    const isSettled = override.op === 'remove' && theirs === undefined
    return { state: isFitting || isSettled ? (hasMoved ? 'moved' : 'clean') : 'conflict', was, override, theirs }
  })
}

/** What an administrator should know of the overrides before the new version goes live. */
export function overrideFindings(classified: readonly ClassifiedOverride[]): Finding[] {
  return classified.flatMap(({ state, was, override, theirs }): Finding[] => {
    const { address, path } = override
    if (state === 'clean') return []
    if (state === 'moved') {
      const message = `What the site changes at “${was.address}${was.path}” is now at “${address}${path}”; the change follows.`
      return [{ severity: 'warning', address, path, code: 'layer.override.moved', message }]
    }
    const message = `The site changed ${shown(baseOf(override))} to ${shown(oursOf(override))}; the new version says ${shown(theirs)}. The site's stays.`
    const hint = 'Draft the definition again: keep what the site says or take over what the new version says.'
    return [{ severity: 'question', address, path, code: 'layer.override.conflict', message, hint }]
  })
}

function relocate(before: Definitions, after: Definitions, override: Override): Override {
  const known = before.get(override.address)
  const target = known === undefined ? undefined : successorOf(known, after)
  if (known === undefined || target === undefined) return override
  const follow = (path: readonly string[]) => relocatePath(path, known.body, target.body)
  const segments = parsePointer(override.path)
  const placed = { ...override, address: addressOf(target), path: toPointer(follow(segments)) }
  if (placed.op !== 'remove' && typeof placed.after === 'string') {
    placed.after = follow([...segments.slice(0, -1), placed.after]).at(-1) ?? placed.after
  }
  return isEqual(placed, override) ? override : placed
}

/** The definition of that identity in the new version: an entity may have been renamed. */
function successorOf(known: Definition, after: Definitions): Definition | undefined {
  const same = after.get(addressOf(known))
  if (known.kind !== 'entity') return same
  const id = entityIdOf(known)
  if (same !== undefined && entityIdOf(same) === id) return same
  return [...after.values()].find((other) => other.kind === 'entity' && entityIdOf(other) === id)
}

function valueAt(definition: Definition | undefined, path: string): Json | undefined {
  if (definition === undefined) return undefined
  return path === '' ? definition.body : readPointer(keyedForm(definition.body), path)
}

function fits(override: Override, theirs: Json | undefined): boolean {
  if (override.op === 'move') return theirs !== undefined
  if (override.op === 'remove') return isEqual(theirs, override.base)
  return isEqual(theirs, override.base) || isEqual(theirs, override.value)
}

/** Whether there is something to put the value into, or to take it out of. */
function hasPlace(definition: Definition | undefined, { path }: Override): boolean {
  if (definition === undefined) return false
  const parent = toPointer(parsePointer(path).slice(0, -1))
  return path === '' || isObject(readPointer(keyedForm(asObject(definition.body)), parent))
}

function baseOf(change: Change): Json | undefined {
  return change.op === 'move' ? undefined : change.base
}

function oursOf(change: Change): Json | undefined {
  return change.op === 'set' ? change.value : undefined
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
