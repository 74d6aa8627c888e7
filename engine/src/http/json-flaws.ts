import { escapePointer } from '@heddle/metadata'
import { bodyTooDeep, unusableValue } from '../errors.ts'

/** Bodies may have this many levels of nesting. */
const depthLimit = 32

/** Refuses what JSON can say and nothing in the product can keep: where it stands and what would be right. @throws Fault 400 */
export function refuseFlaws(value: unknown): void {
  const flaw = findFlaw(value, 0)
  if (flaw === undefined) return
  throw flaw.message === undefined ? bodyTooDeep(depthLimit, flaw.path) : unusableValue(flaw.path, flaw.message)
}

/** A place in a body; without a message what is wrong there is its depth. */
interface Flaw {
  readonly path: string
  readonly message?: string
}

function findFlaw(value: unknown, depth: number): Flaw | undefined {
  if (typeof value === 'string') return textFlaw(value)
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path: '', message: 'This number is too large for anything.' }
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === depthLimit) return { path: '' }
  for (const [key, child] of Object.entries(value)) {
    const flaw = textFlaw(key) ?? findFlaw(child, depth + 1)
    if (flaw !== undefined) return { ...flaw, path: `/${escapePointer(key)}${flaw.path}` }
  }
  return undefined
}

// Neither PostgreSQL nor UTF-8 has them.
const unusable = /[\0\p{Surrogate}]/u

function textFlaw(text: string): Flaw | undefined {
  if (!unusable.test(text)) return undefined
  return { path: '', message: 'This text holds a NUL or half a character, which cannot be kept; take it out.' }
}
