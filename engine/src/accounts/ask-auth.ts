import { asObject, asText } from '@heddle/metadata'
import type { Context } from 'hono'
import {
  challengeOver,
  type Fault,
  notFound,
  refusedSignIn,
  tooManyAttempts,
  wrongCode,
  wrongPassword,
  wrongPresentPassword,
} from '../errors.ts'
import { createAddressReader } from '../http/client-address.ts'
import type { Services } from '../http/environment.ts'
import { addressHeader, calling, lockSeconds } from './auth.ts'

/** Passes a request on to better-auth with the body that we have read of it; answers what it says, also refusals. */
export type Ask = (c: Context, body?: RequestInit['body']) => Promise<Response>

export function createAsk({ auth, database, trustedProxy }: Services): Ask {
  const addressOf = createAddressReader(trustedProxy)
  return async (c, body = null) => {
    const { url, method, headers: given } = c.req.raw
    const headers = new Headers(given)
    headers.set(addressHeader, addressOf(c))
    const response = await calling(auth.handler(new Request(url, { method, headers, body })))
    // It tells nobody why it failed; without a database the answer is that one has to wait.
    if (response.status >= 500) await database`select 1`
    return response
  }
}

/** better-auth's codes that are faults of ours. */
const faults: { readonly [code: string]: () => Fault } = {
  INVALID_CODE: wrongCode,
  INVALID_BACKUP_CODE: wrongCode,
  INVALID_TWO_FACTOR_COOKIE: challengeOver,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: challengeOver,
  ACCOUNT_TEMPORARILY_LOCKED: () => tooManyAttempts(lockSeconds),
  INVALID_PASSWORD: () => wrongPresentPassword('/password'),
}

/** better-auth's answer, unless it refused. @throws Fault that says what it said */
export async function accepted(response: Response): Promise<Response> {
  const { ok, status } = response
  if (ok || status < 400) return response
  const text = await response.text()
  const { code, message } = parsed(text)
  const known = faults[asText(code) ?? '']
  if (known !== undefined) throw known()
  if (status === 401) throw wrongPassword()
  if (status === 404) throw notFound()
  if (status >= 500) throw new Error(`better-auth answered ${status}: ${text}`)
  throw refusedSignIn(status, asText(message))
}

function parsed(text: string) {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return {}
  }
}
