import { tooManyAttempts } from '../errors.ts'
import { Lru } from '../storage/lru.ts'

/** Bounds guessing: who fails too often has to wait. Each process counts for itself. */
export interface SignInLimit {
  /** @throws Fault 429 when this key has failed too often */
  check(key: string): void
  /** Counts an attempt; a success forgives the failures before. */
  count(key: string, isSuccess: boolean): void
}

const maximumFailures = 10
const windowMs = 5 * 60_000

export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const failures = new Lru<string, { readonly count: number; readonly until: number }>(10_000)
  const current = (key: string) => {
    const known = failures.get(key)
    return known !== undefined && known.until > now() ? known : { count: 0, until: now() + windowMs }
  }
  return {
    check: (key) => {
      const { count, until } = current(key)
      if (count >= maximumFailures) throw tooManyAttempts(Math.ceil((until - now()) / 1000))
    },
    count: (key, isSuccess) => {
      const { count, until } = current(key)
      failures.set(key, isSuccess ? { count: 0, until: 0 } : { count: count + 1, until })
    },
  }
}
