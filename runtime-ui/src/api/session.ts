import { asObject, asText, asTexts } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'
import { request } from './request.ts'

/** The signed-in person and what they may do. */
export interface Me {
  readonly id: string
  readonly name: string
  readonly email: string | undefined
  readonly locale: string | undefined
  readonly department: string | undefined
  /** The id of the person they report to. */
  readonly manager: string | undefined
  readonly roles: readonly string[]
  /** `design`, `administer`. */
  readonly system: readonly string[]
  /** Verbs by entity. */
  readonly verbs: ReadonlyMap<string, ReadonlySet<string>>
  readonly limits: FieldLimits
}

/** What a person may do with a field less than change it. */
export type FieldAccess = 'none' | 'masked' | 'read'

/** The fields with less than full access, by entity. */
export type FieldLimits = ReadonlyMap<string, ReadonlyMap<string, FieldAccess>>

/**
 * Who is signed in; fails with 401 when nobody is. Asked again now and then, so that even an idle page learns of a new
 * release or of rights that changed.
 */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => parseMe((await request('/api/me', { signal })).body),
  // Everything that is open follows from this object, and the answer is nearly always the one before.
  structuralSharing: (before, after) => (spelled(before) === spelled(after) ? before : after),
  staleTime: 30_000,
  refetchInterval: 30_000,
  refetchOnWindowFocus: 'always',
})

/** As JSON, with what maps and sets hold. */
function spelled(data: unknown): string | undefined {
  return JSON.stringify(data, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  )
}

/** What has to follow the password. */
export type SignInStep = 'nothing' | 'code'

/** Signs in with a password; answers what has to follow. @throws ApiProblem 401 wrong, 429 too often */
export async function signIn(email: string, password: string): Promise<SignInStep> {
  const { body } = await request('/api/auth/sign-in/email', { method: 'POST', body: { email, password } })
  if (asObject(body).twoFactorRedirect === true) return 'code'
  queryClient.clear()
  return 'nothing'
}

/** Where a code comes from. */
export type CodeSource = 'app' | 'backup'

const codePaths = { app: 'verify-totp', backup: 'verify-backup-code' } as const satisfies { [S in CodeSource]: string }

/** Finishes signing in with a code. @throws ApiProblem 401 wrong or too late, 429 too often */
export async function signInWithCode(source: CodeSource, code: string): Promise<void> {
  await request(`/api/auth/two-factor/${codePaths[source]}`, { method: 'POST', body: { code } })
  queryClient.clear()
}

/** Ends the session and forgets everything read in it. */
export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', { method: 'POST', body: {} })
  queryClient.clear()
}

/** Whether the person may do `verb` with records of the entity. */
export function mayDo(me: Me, entity: string, verb: string): boolean {
  return me.verbs.get(entity)?.has(verb) ?? false
}

function parseMe(body: unknown): Me {
  const { user, roles, department, manager, locale, system, verbs, fields } = asObject(body)
  const { id, name, email } = asObject(user)
  return {
    id: asText(id) ?? '',
    name: asText(name) ?? '',
    email: asText(email),
    locale: asText(locale),
    department: asText(department),
    manager: asText(manager),
    roles: asTexts(roles),
    system: asTexts(system),
    verbs: new Map(Object.entries(asObject(verbs)).map(([entity, list]) => [entity, new Set(asTexts(list))])),
    limits: new Map(Object.entries(asObject(fields)).map(([entity, limits]) => [entity, parseLimits(limits)])),
  }
}

const accesses = ['none', 'masked', 'read'] as const satisfies readonly FieldAccess[]

/** Access that is not understood hides the field: better too little than what nobody may see. */
function parseLimits(limits: unknown): ReadonlyMap<string, FieldAccess> {
  return new Map(
    Object.entries(asObject(limits)).map(([field, text]) => [field, accesses.find((each) => each === text) ?? 'none']),
  )
}
