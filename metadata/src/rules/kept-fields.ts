import { fieldTypeOf, isFieldType } from '../field-types/index.ts'
import { asObject, asText, type JsonObject } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { type Memory, remember } from '../remember.ts'
import { finish, type Steps } from '../stepwise.ts'
import { isStored } from './computed-fields.ts'
import { formulaOf } from './formula-of.ts'
import { type ReadPlace, readsOf } from './reads.ts'
import { type Rollup, rollupsOf } from './rollups.ts'

/** A field whose column the engine keeps up to date: a roll-up or a stored formula. */
export interface KeptField {
  readonly entity: Entity
  readonly field: Field
  /** Where the columns stand that decide its value. */
  readonly places: readonly ReadPlace[]
  /** What it gathers; undefined for a formula. */
  readonly rollup: Rollup | undefined
}

/** A kept field that records decide, and how they come to. */
export interface Feed {
  readonly kept: KeptField
  readonly place: ReadPlace
}

interface Kept {
  readonly byEntity: ReadonlyMap<string, readonly KeptField[]>
  /** By the entity whose columns are read. */
  readonly feeds: ReadonlyMap<string, readonly Feed[]>
}

const memory = new WeakMap<Release, Kept>()
const holders: Memory<boolean> = new WeakMap()

/** The kept fields of all entities, or of one. Those that do not fit are left out: a release holds none. */
export function keptFields(release: Release, entity?: Entity): readonly KeptField[] {
  const { byEntity } = keptOf(release)
  return entity === undefined ? [...byEntity.values()].flat() : (byEntity.get(entity.name) ?? [])
}

/** The kept fields that the records of an entity decide, whosever they are. */
export function feedsOf(release: Release, entity: Entity): readonly Feed[] {
  return keptOf(release).feeds.get(entity.name) ?? []
}

/** Finds the kept fields of a release ahead of those who ask for them, one entity a step. */
export function* findKeptStepwise(release: Release): Steps<Kept> {
  const kept = memory.get(release) ?? (yield* findKept(release))
  memory.set(release, kept)
  return kept
}

function keptOf(release: Release): Kept {
  return memory.get(release) ?? finish(findKeptStepwise(release))
}

function* findKept(release: Release): Steps<Kept> {
  const byEntity = new Map<string, readonly KeptField[]>()
  const feeds = new Map<string, Feed[]>()
  for (const { kind, name, body } of release.definitions.values()) {
    const entity = kind === 'entity' && holdsKept(body) ? release.entity(name) : undefined
    if (entity === undefined) continue
    const fields = [...rollupsOf(release, entity).map(keptRollup), ...storedFormulas(release, entity)]
    byEntity.set(name, fields)
    for (const kept of fields) {
      for (const place of kept.places) {
        const source = (place.hops.at(-1)?.to ?? entity).name
        feeds.set(source, [...(feeds.get(source) ?? []), { kept, place }])
      }
    }
    yield
  }
  return { byEntity, feeds }
}

/** Looked for in the definition as it is written: most entities need not be resolved for it. */
function holdsKept(body: JsonObject): boolean {
  return remember(holders, body, [], () =>
    Object.values(asObject(body.properties)).some((property) => {
      const settings = asObject(asObject(property)['x-field'])
      const type = asText(settings.type) ?? ''
      return isFieldType(type) && (fieldTypeOf(type).aggregates !== undefined || isStored({ settings }))
    }),
  )
}

function keptRollup(rollup: Rollup): KeptField {
  const { parent, child, by, field, reads } = rollup
  const hops = [{ kind: 'inverse', from: parent, field: by, to: child }] as const
  return {
    entity: parent,
    field,
    places: [{ hops, names: new Set([...reads, by.name, 'deleted_at']) }],
    rollup,
  }
}

function storedFormulas(release: Release, entity: Entity): KeptField[] {
  return [...entity.fields.values()].filter(isStored).flatMap((field): KeptField[] => {
    const formula = formulaOf(release, entity, field)
    if (formula === undefined) return []
    return [{ entity, field, places: readsOf(release, entity, formula).places, rollup: undefined }]
  })
}
