import { asObject, asText, asTexts } from '@heddle/metadata'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'
import { request } from './request.ts'

/** Where and since when somebody is signed in. */
export interface OpenSession {
  readonly id: string
  readonly since: string
  readonly seenAt: string
  readonly address: string | undefined
  /** Browser and system in words, where they are known. */
  readonly browser: string | undefined
  readonly isCurrent: boolean
}

/** The person's sessions, the one seen last first. */
export const sessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: async ({ signal }) => parseSessions((await request('/api/me/sessions', { signal })).body),
})

/** Ends one session, or all but this one. @throws ApiProblem */
export async function endSessions(which: { readonly id: string } | 'others'): Promise<void> {
  await request(which === 'others' ? '/api/me/sessions' : `/api/me/sessions/${which.id}`, { method: 'DELETE' })
  await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
}

/** Changes the person's password, which ends their other sessions. @throws ApiProblem 422 */
export async function changePassword(current: string, password: string): Promise<void> {
  await request('/api/me/password', { method: 'POST', body: { current, password } })
  await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
}

/** Whether a code is asked for when the person signs in. */
export const twoFactorQuery = queryOptions({
  queryKey: ['own-two-factor'],
  queryFn: async ({ signal }) => asObject((await request('/api/me/two-factor', { signal })).body).enabled === true,
})

/** What a person enrols with: for the app the address with its secret, and codes to keep. */
export interface Enrolment {
  readonly uri: string
  readonly secret: string
  readonly backupCodes: readonly string[]
}

/** Begins to enrol; nothing changes before {@link confirmTwoFactor}. @throws ApiProblem 422 */
export async function beginTwoFactor(password: string): Promise<Enrolment> {
  const { totpURI, backupCodes } = await twoFactor('enable', { password })
  const uri = asText(totpURI) ?? ''
  return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', backupCodes: asTexts(backupCodes) }
}

/** Turns two-factor sign-in on with a code of the app. @throws ApiProblem 401 */
export async function confirmTwoFactor(code: string): Promise<void> {
  await twoFactor('verify-totp', { code })
  await refreshAccount()
}

/** Replaces the backup codes. @throws ApiProblem 422 */
export async function renewBackupCodes(password: string): Promise<readonly string[]> {
  return asTexts((await twoFactor('generate-backup-codes', { password })).backupCodes)
}

/** Turns two-factor sign-in off. @throws ApiProblem 422 */
export async function endTwoFactor(password: string): Promise<void> {
  await twoFactor('disable', { password })
  await refreshAccount()
}

async function twoFactor(path: string, body: { readonly [name: string]: string }) {
  return asObject((await request(`/api/auth/two-factor/${path}`, { method: 'POST', body })).body)
}

/** Turning it on or off replaces the session. */
async function refreshAccount(): Promise<void> {
  await Promise.all([twoFactorQuery, sessionsQuery].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
}

function parseSessions(body: unknown): readonly OpenSession[] {
  const { items } = asObject(body)
  return (Array.isArray(items) ? items.map(asObject) : []).map(({ id, since, seenAt, address, browser, current }) => ({
    id: asText(id) ?? '',
    since: asText(since) ?? '',
    seenAt: asText(seenAt) ?? '',
    address: asText(address),
    browser: asText(browser),
    isCurrent: current === true,
  }))
}
