import { type Address, type Change, diffDocuments, type Effective, keyedForm } from '@heddle/metadata'

/** How one definition differs between two releases; a side is undefined when there was or will be none. */
export interface Difference {
  readonly address: Address
  readonly before: Effective | undefined
  readonly after: Effective | undefined
  /** The changes inside it when it is on both sides. */
  readonly changes: readonly Change[]
}

/** One change as administrators read it. */
export interface PlannedChange {
  readonly address: Address
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

type Definitions = ReadonlyMap<Address, Effective>

/** The definitions that are not the same in both. */
export function differencesBetween(before: Definitions, after: Definitions): Difference[] {
  const kept = [...after].flatMap(([address, definition]): Difference[] => {
    const known = before.get(address)
    if (known === undefined) return [{ address, before: known, after: definition, changes: [] }]
    const changes =
      known.body === definition.body ? [] : diffDocuments(keyedForm(known.body), keyedForm(definition.body))
    return changes.length === 0 ? [] : [{ address, before: known, after: definition, changes }]
  })
  const gone = [...before].flatMap(([address, definition]): Difference[] =>
    after.has(address) ? [] : [{ address, before: definition, after: undefined, changes: [] }],
  )
  return [...kept, ...gone]
}

/** Every change with its place, whole definitions at the empty path. */
export function listChanges(differences: readonly Difference[]): PlannedChange[] {
  return differences.flatMap(({ address, before, after, changes }): PlannedChange[] => {
    if (before === undefined) return [{ address, path: '', from: null, to: after?.body ?? null }]
    if (after === undefined) return [{ address, path: '', from: before.body, to: null }]
    return changes.map((change) => plannedChange(address, change))
  })
}

function plannedChange(address: Address, change: Change): PlannedChange {
  if (change.op === 'move') return { address, path: change.path, from: null, to: { after: change.after } }
  return { address, path: change.path, from: change.base ?? null, to: change.op === 'set' ? change.value : null }
}
