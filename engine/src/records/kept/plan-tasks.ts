import {
  type Entity,
  type Feed,
  type Field,
  feedsOf,
  type Hop,
  keptFields,
  type ReadPlace,
  type Release,
  rollupsOf,
  wayOf,
} from '@heddle/metadata'
import { groupKey, groupRollups, type RollupGroup } from '../../filters/rollup-sql.ts'
import { lockOrderOf } from './lock-order.ts'
import type { RecordChange } from './record-change.ts'

/** What is to be worked out in the records of one entity, and which records those are. */
export interface Task {
  readonly entity: Entity
  readonly groups: readonly RollupGroup[]
  readonly formulas: readonly Field[]
  /** Those that changed themselves, which the transaction holds already. */
  readonly own: readonly string[]
  /** Others that changed, and how they are reached from those that are looked for. */
  readonly ways: readonly Way[]
}

/** Changed records at the end of a way. */
export interface Way {
  readonly hops: readonly Hop[]
  readonly ids: readonly string[]
  /** Records before the last step that some of them have left. */
  readonly left: readonly string[]
}

/**
 * The tasks that changes make, in the order in which everyone locks their entities, and the records of each at once, so
 * that two transactions wait for one another in one direction only.
 */
export function planTasks(release: Release, changes: readonly RecordChange[]): Task[] {
  const drafts = new Map<string, Draft>()
  for (const change of changes) {
    for (const feed of feedsOf(release, change.entity)) if (isDecidedBy(feed, change)) note(drafts, feed, change)
  }
  const place = ({ entity }: Draft) => lockOrderOf(release).place(entity.name)
  return [...drafts.values()].sort((a, b) => place(a) - place(b)).map((draft) => taskOf(release, draft))
}

interface Draft {
  readonly entity: Entity
  readonly groups: Set<string>
  readonly formulas: Set<Field>
  readonly own: Set<string>
  readonly ways: Map<string, { readonly hops: readonly Hop[]; readonly ids: Set<string>; readonly left: Set<string> }>
}

function isDecidedBy({ kept, place }: Feed, { fields, done }: RecordChange): boolean {
  if (place.hops.length === 0 && done?.has(kept.field.name) === true) return false
  return fields === undefined || reads(place, fields)
}

function reads({ names }: ReadPlace, fields: ReadonlySet<string>): boolean {
  return [...fields].some((name) => names.has(name))
}

function note(drafts: Map<string, Draft>, { kept, place }: Feed, { ids, left }: RecordChange): void {
  const { entity, field, rollup } = kept
  const draft = drafts.get(entity.name) ?? {
    entity,
    groups: new Set(),
    formulas: new Set(),
    own: new Set(),
    ways: new Map(),
  }
  drafts.set(entity.name, draft)
  if (rollup === undefined) draft.formulas.add(field)
  else draft.groups.add(groupKey(rollup))
  if (place.hops.length === 0) addAll(draft.own, ids)
  else noteWay(draft, place.hops, { ids, left })
}

function noteWay(draft: Draft, hops: readonly Hop[], { ids, left }: Pick<RecordChange, 'ids' | 'left'>): void {
  const key = wayOf(hops)
  const way = draft.ways.get(key) ?? { hops, ids: new Set(), left: new Set() }
  draft.ways.set(key, way)
  addAll(way.ids, ids)
  const last = hops.at(-1)
  if (last?.kind === 'inverse') addAll(way.left, left.get(last.field.name) ?? [])
}

function addAll(all: Set<string>, more: readonly string[]): void {
  for (const each of more) all.add(each)
}

function taskOf(release: Release, { entity, groups, formulas, own, ways }: Draft): Task {
  return {
    entity,
    groups: groupRollups(rollupsOf(release, entity)).filter((group) => groups.has(groupKey(group))),
    formulas: withReaders(release, entity, formulas),
    own: [...own],
    ways: [...ways.values()].map(({ hops, ids, left }) => ({ hops, ids: [...ids], left: [...left] })),
  }
}

/** Stored formulas with those of the same record that read them, in the order of the fields. */
function withReaders(release: Release, entity: Entity, formulas: ReadonlySet<Field>): Field[] {
  const all = new Set(formulas)
  const own = keptFields(release, entity).filter(({ rollup }) => rollup === undefined)
  // A set goes on to what is added while it is walked through.
  for (const { name } of all) {
    for (const { field, places } of own) {
      if (places.some(({ hops, names }) => hops.length === 0 && names.has(name))) all.add(field)
    }
  }
  return [...entity.fields.values()].filter((field) => all.has(field))
}
