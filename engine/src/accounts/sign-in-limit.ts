import { createHash } from 'node:crypto'
import { tooManyAttempts } from '../errors.ts'
import { networkOf } from '../http/client-address.ts'
import { Lru } from '../storage/lru.ts'

/** Bounds guessing: who fails too often has to wait. Each process counts for itself. */
export interface SignInLimit {
  /**
   * Makes an attempt. A success never counts; attempts beside each other wait when they could fail more often than is
   * allowed.
   * @throws Fault 429 when this key has failed too often
   */
  attempt<Result extends Outcome>(key: string, make: () => Promise<Result>): Promise<Result>
}

/** What an attempt came to, e.g. a response. */
interface Outcome {
  readonly ok: boolean
}

/** How often one may fail, and whether a success forgives the failures before it. */
export interface LimitOptions {
  readonly maximumFailures: number
  readonly windowMs: number
  readonly success: 'forgives' | 'changes nothing'
}

interface Attempts {
  failures: number
  until: number
  readonly underWay: Set<Promise<unknown>>
}

const ofAccount: LimitOptions = { maximumFailures: 10, windowMs: 5 * 60_000, success: 'forgives' }
/** Whoever has an account of their own must not earn further guesses at others' by it. */
const ofAddress: LimitOptions = { maximumFailures: 100, windowMs: 60_000, success: 'changes nothing' }

/** Who guesses: at which account, from which address. */
export interface Guesser {
  readonly account: string
  readonly address: string
}

/** Makes attempts under both limits: of an account as seen from one address, and of the address. */
export type Guard = <Result extends Outcome>(guesser: Guesser, make: () => Promise<Result>) => Promise<Result>

/** Bounds failures of an account from one address, so that a stranger elsewhere keeps nobody out, and of the address. */
export function createGuard(now: () => number = Date.now): Guard {
  const accounts = createSignInLimit(now, ofAccount)
  const addresses = createSignInLimit(now, ofAddress)
  return ({ account, address }, make) => {
    const network = networkOf(address)
    return addresses.attempt(network, () => accounts.attempt(`${account.toLowerCase()} ${network}`, make))
  }
}

export function createSignInLimit(now: () => number = Date.now, options: LimitOptions = ofAccount): SignInLimit {
  const { maximumFailures, windowMs } = options
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
      return follow(known, make(), options.success)
    },
  }
}

async function follow<Result extends Outcome>(
  attempts: Attempts,
  making: Promise<Result>,
  success: LimitOptions['success'],
): Promise<Result> {
  attempts.underWay.add(making)
  try {
    const outcome = await making
    if (!outcome.ok) attempts.failures++
    else if (success === 'forgives') attempts.failures = 0
    return outcome
  } finally {
    attempts.underWay.delete(making)
  }
}
