import { type Hop, keptFields, type Release, wayOf } from '@heddle/metadata'

/** How kept fields make writes of one entity's records reach others. */
export interface LockOrder {
  /** The ways up from an entity: by these lookups its records decide kept fields of those they lead to. */
  climbs(entity: string): readonly (readonly Hop[])[]
  /** The ways of lookups from an entity on which stored formulas read. */
  walks(entity: string): readonly (readonly Hop[])[]
  /** True when stored formulas read an entity's records through lookups. */
  isWalkedTo(entity: string): boolean
  /** Where an entity stands among those that are locked one after the other. */
  place(entity: string): number
}

const memory = new WeakMap<Release, LockOrder>()

/**
 * The order in which everyone locks records, so that two writes wait for one another in one direction only: what formulas
 * read comes before what they are worked out for, and what gathers before what is gathered.
 */
export function lockOrderOf(release: Release): LockOrder {
  const order = memory.get(release) ?? findOrder(release)
  memory.set(release, order)
  return order
}

/** Ways by the entity they begin at, each once. */
type Ways = Map<string, Map<string, readonly Hop[]>>

function findOrder(release: Release): LockOrder {
  const ups: Ways = new Map()
  const walks: Ways = new Map()
  for (const { places } of keptFields(release)) for (const { hops } of places) addPlace(hops, ups, walks)
  const of = (ways: Ways, entity: string) => [...(ways.get(entity)?.values() ?? [])]
  const climbs = (entity: string) => climbsFrom((name) => of(ups, name).flat(), entity, [])
  const walked = new Set([...walks.values()].flatMap((ways) => targetsOf([...ways.values()])))
  const places = arrange([...new Set([...ups.keys(), ...walks.keys()])].sort(), {
    above: (entity) => new Set(targetsOf(climbs(entity))),
    read: (entity) => targetsOf(of(walks, entity)),
  })
  return {
    climbs,
    walks: (entity) => of(walks, entity),
    isWalkedTo: (entity) => walked.has(entity),
    place: (entity) => places.indexOf(entity),
  }
}

function addPlace(hops: readonly Hop[], ups: Ways, walks: Ways): void {
  for (const [start, { kind, from, field, to }] of hops.entries()) {
    if (kind === 'inverse') addWay(ups, to.name, [{ kind: 'lookup', from: to, field, to: from }])
    else for (let end = start + 1; end <= hops.length; end++) addWay(walks, from.name, hops.slice(start, end))
  }
}

function addWay(ways: Ways, entity: string, way: readonly Hop[]): void {
  ways.set(entity, (ways.get(entity) ?? new Map()).set(wayOf(way), way))
}

/** Every way up, no entity twice on one. */
function climbsFrom(ups: (entity: string) => readonly Hop[], entity: string, way: readonly Hop[]): (readonly Hop[])[] {
  const passed = new Set([...way.map(({ from }) => from.name), entity])
  return ups(entity)
    .filter(({ to }) => !passed.has(to.name))
    .flatMap((hop) => [[...way, hop], ...climbsFrom(ups, hop.to.name, [...way, hop])])
}

function targetsOf(ways: readonly (readonly Hop[])[]): string[] {
  return ways.flatMap((way) => way.at(-1)?.to.name ?? [])
}

interface Reaches {
  readonly above: (entity: string) => ReadonlySet<string>
  readonly read: (entity: string) => readonly string[]
}

/** The entities, each after those that come before it as far as they are no circle. */
function arrange(entities: readonly string[], { above, read }: Reaches): string[] {
  const before = new Map<string, Set<string>>()
  const put = (entity: string, earlier: Iterable<string>) =>
    before.set(entity, new Set([...(before.get(entity) ?? []), ...earlier]))
  for (const entity of entities) {
    const gathering = above(entity)
    const others = read(entity).filter((name) => name !== entity && !gathering.has(name))
    put(entity, [...gathering, ...others])
    // Who changes what is read goes on to those that are worked out, and to what gathers them.
    for (const each of gathering) put(each, others)
  }
  const arranged = new Set<string>()
  const begun = new Set<string>()
  const visit = (entity: string): void => {
    if (begun.has(entity)) return
    begun.add(entity)
    for (const earlier of [...(before.get(entity) ?? [])].sort()) visit(earlier)
    arranged.add(entity)
  }
  for (const entity of [...before.keys()].sort()) visit(entity)
  return [...arranged]
}
