import { createHash } from 'node:crypto'
import { tooManyAttempts } from '../errors.ts'
import { Lru } from '../storage/lru.ts'

/** Bounds guessing: who fails too often has to wait. Each process counts for itself. */
export interface SignInLimit {
  /**
   * Makes an attempt. A success forgives the failures before and never counts; attempts beside each other wait when
   * they could fail more often than is allowed.
   * @throws Fault 429 when this key has failed too often
   */
  attempt(key: string, make: () => Promise<Response>): Promise<Response>
}

interface Attempts {
  failures: number
  until: number
  readonly underWay: Set<Promise<unknown>>
}

const maximumFailures = 10
const windowMs = 5 * 60_000

export function createSignInLimit(now: () => number = Date.now): SignInLimit {
  const attempts = new Lru<string, Attempts>(10_000)
  const current = (key: string): Attempts => {
    const known = attempts.get(key) ?? { failures: 0, until: 0, underWay: new Set() }
    if (known.until <= now()) Object.assign(known, { failures: 0, until: now() + windowMs })
    attempts.set(key, known)
    return known
  }
  return {
    attempt: async (given, make) => {
      // As long as any other, whatever a stranger sends.
      const key = createHash('sha256').update(given).digest('base64')
      let known = current(key)
      while (known.failures + known.underWay.size >= maximumFailures) {
        if (known.failures >= maximumFailures) throw tooManyAttempts(Math.ceil((known.until - now()) / 1000))
        await Promise.race(known.underWay).catch(() => undefined)
        known = current(key)
      }
      return follow(known, make())
    },
  }
}

async function follow(attempts: Attempts, making: Promise<Response>): Promise<Response> {
  attempts.underWay.add(making)
  try {
    const response = await making
    attempts.failures = response.ok ? 0 : attempts.failures + 1
    return response
  } finally {
    attempts.underWay.delete(making)
  }
}
