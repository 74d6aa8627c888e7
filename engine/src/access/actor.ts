import type { Scopes } from './scopes.ts'

/** Who asks: a person or an API key, with what decides their rights. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'system'
  readonly id: string
  readonly name: string
  readonly email: string | undefined
  readonly roles: readonly string[]
  /** The main department. */
  readonly departmentId: string | undefined
  /** Further departments. */
  readonly departmentIds: readonly string[]
  readonly positionIds: readonly string[]
  readonly managerId: string | undefined
  /** Those they work in and all below. */
  readonly departmentsBelow: readonly string[]
  /** Those they manage, directly or not. */
  readonly subordinateIds: readonly string[]
  /** Their own choice. */
  readonly locale: string | undefined
  /** What the request asks for: an `Accept-Language` header. */
  readonly acceptLanguage?: string | undefined
  /** What an API key may do at most; undefined: whatever its roles may. */
  readonly scopes?: Scopes | undefined
  /** The session that a person acts in. */
  readonly sessionId?: string | undefined
}

/** Who owns what the actor makes unless they say otherwise: a person themselves, nobody what a program makes. */
export function ownOwner({ kind, id }: Actor): string | null {
  return kind === 'user' ? id : null
}

/** The role that may do everything; the engine's own. */
export const adminRole = 'admin'

/** Whether nothing at all is kept from the actor. */
export function isUnlimited({ roles, scopes }: Actor): boolean {
  return scopes === undefined && roles.includes(adminRole)
}

/** The engine itself, e.g. while it loads a plugin's sample data. */
export const systemActor: Actor = {
  kind: 'system',
  id: '00000000-0000-0000-0000-000000000000',
  name: 'system',
  email: undefined,
  roles: [adminRole],
  departmentId: undefined,
  departmentIds: [],
  positionIds: [],
  managerId: undefined,
  departmentsBelow: [],
  subordinateIds: [],
  locale: undefined,
}
