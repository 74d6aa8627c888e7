import { asObject, asTexts, type JsonObject, nearest, type Release } from '@heddle/metadata'
import { type Actor, systemActor } from '../access/actor.ts'
import { grantFor, type Verb, verbs } from '../access/grant.ts'
import { type FieldError, invalidBody } from '../errors.ts'
import { checkRoles } from './check-people.ts'

/** Refuses roles that there are not, an expiry that is over, and scopes beyond what the roles may. @throws Fault 422 */
export function checkApiKey(release: Release, input: JsonObject): void {
  const roles = asTexts(input.roles)
  checkRoles(release, roles)
  const holder: Actor = { ...systemActor, kind: 'key', roles }
  const scopes = Object.entries(asObject(input.scopes))
  const errors = [
    ...pastExpiry(input.expiresAt),
    ...scopes.flatMap(([entity, allowed]) => beyond(release, holder, entity, asTexts(allowed))),
  ]
  if (errors.length > 0) throw invalidBody(errors)
}

/** The expiry of a well-formed body. */
export function expiryOf(input: JsonObject): Date | undefined {
  return typeof input.expiresAt === 'string' ? new Date(input.expiresAt) : undefined
}

function pastExpiry(expiresAt: unknown): FieldError[] {
  if (typeof expiresAt !== 'string' || Date.parse(expiresAt) > Date.now()) return []
  return [
    { path: '/expiresAt', code: 'expiry.past', message: 'The key would have expired already; name a later moment.' },
  ]
}

function beyond(release: Release, holder: Actor, name: string, allowed: readonly string[]): FieldError[] {
  const path = `/scopes/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const held = name === '*' ? new Set<Verb>(verbs) : heldVerbs(release, holder, name)
  if (held === undefined) {
    const near = nearest(name, release.entityNames)
    const message = `There is no entity “${name}”${near === undefined ? '.' : `; did you mean “${near}”?`}`
    return [{ path, code: 'reference.unknown', message, ...(near === undefined ? {} : { near }) }]
  }
  return allowed.flatMap((verb, index) => {
    const message = `The roles do not give “${verb}” on “${name}”; leave it out or add a role.`
    return [...held].some((each) => each === verb) ? [] : [{ path: `${path}/${index}`, code: 'scope.beyond', message }]
  })
}

function heldVerbs(release: Release, holder: Actor, name: string): ReadonlySet<Verb> | undefined {
  const entity = release.entity(name)
  return entity && grantFor(release, holder, entity).verbs
}
