import { isEqual } from '@heddle/metadata'
import { replaceEqualDeep } from '@tanstack/react-query'
import type { Verdict } from './verdict.ts'

/** The later verdict with the parts of the earlier one that say the same, so that only what changed is drawn. */
export function steadyVerdict(before: Verdict | undefined, after: Verdict): Verdict {
  if (before === undefined) return after
  return {
    ...after,
    shown: replaceEqualDeep(before.shown, after.shown),
    states: steadyMap(before.states, after.states, isEqual),
    lineStates: steadyMap(before.lineStates, after.lineStates, (a, b) => steadyMap(a, b, isEqual) === a),
    faults: isEqual(before.faults, after.faults) ? before.faults : after.faults,
    warnings: isEqual(before.warnings, after.warnings) ? before.warnings : after.warnings,
  }
}

function steadyMap<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
  isSame: (before: V, after: V) => boolean,
): ReadonlyMap<string, V> {
  let isChanged = before.size !== after.size
  const steady = new Map<string, V>()
  for (const [key, value] of after) {
    const known = before.get(key)
    const kept = known !== undefined && isSame(known, value) ? known : value
    if (kept !== known) isChanged = true
    steady.set(key, kept)
  }
  return isChanged ? steady : before
}
