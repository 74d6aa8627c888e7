import {
  amountOf,
  asObject,
  asText,
  type Entity,
  type JsonObject,
  type KeyedMemory,
  type Release,
  rememberBy,
} from '@heddle/metadata'
import { forbidden } from '../errors.ts'
import { type Actor, adminRole, isUnlimited } from './actor.ts'

/** What a role may be allowed to do with an entity's records. */
export type Verb =
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'purge'
  | 'import'
  | 'export'
  | 'transfer'
  | 'share'
  | 'bulk'
/** All verbs on records. */
export const verbs = [
  'read',
  'create',
  'update',
  'delete',
  'purge',
  'import',
  'export',
  'transfer',
  'share',
  'bulk',
] as const satisfies readonly Verb[]

/** Rights over the product itself. */
export type SystemVerb = 'design' | 'administer'

/** How an actor may treat a field. */
export type FieldAccess = 'none' | 'masked' | 'read' | 'edit'

/** Whose records a verb is for: one's own, those of the people below as well, those of one's departments, or all. */
export const dataScopes = ['own', 'own-subordinates', 'department', 'department-below', 'all'] as const
export type DataScope = (typeof dataScopes)[number]

/** The records that one role lets a verb be used on. */
export interface RowRight {
  readonly scope: DataScope
  /** FEEL over the record and `user`: only those for which it holds. */
  readonly rule: string | undefined
}

/** What one actor may do with one entity's records: verbs, on which of them, and fields. */
export interface Grant {
  readonly verbs: ReadonlySet<Verb>
  /** Of verbs that are not for all records, the rights that add up. */
  readonly rows: ReadonlyMap<Verb, readonly RowRight[]>
  /** Access to fields that is less than edit, by name. */
  readonly restricted: ReadonlyMap<string, FieldAccess>
  /** Same for everyone with the same rights on all entities, as statements read several: part of their key. */
  readonly key: string
}

const everything: Grant = { verbs: new Set(verbs), rows: new Map(), restricted: new Map(), key: '' }
const memory: KeyedMemory<Grant> = new WeakMap()

/** The actor's grant on an entity: several roles add up, the scopes of an API key limit them. */
export function grantFor(release: Release, actor: Actor, entity: Entity): Grant {
  if (isUnlimited(actor)) return everything
  return rememberBy(memory, release, `${entity.name} ${rightsKey(actor)}`, () => computeGrant(release, actor, entity))
}

/** The grant, when it holds the verb. @throws Fault 403 */
export function requireVerb(release: Release, actor: Actor, entity: Entity, verb: Verb): Grant {
  const grant = grantFor(release, actor, entity)
  if (!grant.verbs.has(verb)) throw forbidden()
  return grant
}

/** @throws Fault 403 when none of the actor's roles has the right over the product. */
export function requireSystem(release: Release, actor: Actor, verb: SystemVerb): void {
  if (!mayDo(release, actor, verb)) throw forbidden()
}

/** Whether one of the actor's roles has the right over the product; an API key with scopes has it never. */
export function mayDo(release: Release, actor: Actor, verb: SystemVerb): boolean {
  if (actor.scopes !== undefined) return false
  if (actor.roles.includes(adminRole)) return true
  return actor.roles.some((role) => {
    const system = release.definitions.get(`role/${role}`)?.body.system
    return Array.isArray(system) && system.includes(verb)
  })
}

/** The access to one field. */
export function fieldAccess(grant: Grant, field: string): FieldAccess {
  return grant.restricted.get(field) ?? 'edit'
}

/** The fields that the actor may not see. */
export function deniedNames({ restricted }: Grant): readonly string[] {
  return [...restricted].filter(([, access]) => access === 'none').map(([name]) => name)
}

/** Same for everyone with the same roles and the same scopes. */
export function rightsKey({ roles, scopes }: Actor): string {
  const key = [...roles].sort().join(' ')
  return scopes === undefined ? key : `${key} ${scopes.key}`
}

const ranks: readonly FieldAccess[] = ['none', 'masked', 'read', 'edit']

function computeGrant(release: Release, actor: Actor, entity: Entity): Grant {
  const { scopes } = actor
  const {
    verbs: allowed,
    rows,
    restricted,
  } = actor.roles.includes(adminRole) ? everything : addUp(release, actor, entity)
  const limited = scopes === undefined ? allowed : [...allowed].filter((verb) => scopes.allows(entity.name, verb))
  return { verbs: new Set(limited), rows, restricted, key: rightsKey(actor) }
}

function addUp(release: Release, actor: Actor, entity: Entity): Omit<Grant, 'key'> {
  const allowed = new Map<Verb, RowRight[]>()
  const best = new Map<string, FieldAccess>()
  for (const role of actor.roles) {
    const rights = rightsOf(release, role, entity.name)
    if (rights === undefined) continue
    for (const verb of verbs) {
      const right = rowRight(entity, rights, verb)
      if (right !== undefined) allowed.set(verb, [...(allowed.get(verb) ?? []), right])
    }
    for (const field of entity.fields.keys()) {
      const access = parseAccess(accessText(asObject(rights.fields), entity, field))
      const known = best.get(field)
      if (known === undefined || ranks.indexOf(access) > ranks.indexOf(known)) best.set(field, access)
    }
  }
  const restricted = new Map([...best].filter(([, access]) => access !== 'edit'))
  const rows = new Map([...allowed].filter(([, rights]) => !rights.some(isForAll)))
  return { verbs: new Set(allowed.keys()), rows, restricted }
}

/** Records that belong to nobody are everybody's; lines are their parent's. */
function rowRight(entity: Entity, rights: JsonObject, verb: Verb): RowRight | undefined {
  const given = asText(asObject(rights.verbs)[verb])
  if (given === undefined) return undefined
  const scope = dataScopes.find((each) => each === given) ?? 'own'
  return { scope: entity.isOwned ? scope : 'all', rule: asText(rights.rowRule) }
}

function isForAll({ scope, rule }: RowRight): boolean {
  return scope === 'all' && rule === undefined
}

/** What a role says of a field; of an amount in the company's currency, what it says of the amount. */
function accessText(fields: JsonObject, entity: Entity, field: string): string | undefined {
  return asText(fields[field]) ?? asText(fields[amountOf(entity, field) ?? ''])
}

function rightsOf(release: Release, role: string, entity: string) {
  const entities = asObject(release.definitions.get(`role/${role}`)?.body.entities)
  const rights = entities[entity] ?? entities['*']
  return rights === undefined ? undefined : asObject(rights)
}

/** Masking needs its SQL half, so until then a masked field is not shown at all. */
function parseAccess(text: string | undefined): FieldAccess {
  if (text === 'masked') return 'none'
  return ranks.find((rank) => rank === text) ?? 'edit'
}
