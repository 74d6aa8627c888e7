import { createRequire } from 'node:module'
import type { pinyin } from 'pinyin-pro'
import { Lru } from '../storage/lru.ts'

/** Only the start of a long run is worth typing by its initials, and each costs a microsecond or more. */
const longestRun = 24
const longestToken = 12

/** Most runs are words that come again. */
const memory = new Lru<string, readonly string[]>(2_000)
let library: { readonly pinyin: typeof pinyin } | undefined

/**
 * The pinyin initials of a run of Chinese characters, from each of its characters on, so that people find it by the
 * letters they type for any word in it: 北京大学 is found by `bj` and by `dx`.
 */
export function initialsOf(run: string): readonly string[] {
  const known = memory.get(run) ?? readInitials(run)
  memory.set(run, known)
  return known
}

function readInitials(run: string): readonly string[] {
  // Loaded with the first Chinese text: the dictionary takes 25 MB and 50 ms.
  library ??= createRequire(import.meta.url)('pinyin-pro') as { readonly pinyin: typeof pinyin }
  const start = [...run].slice(0, longestRun).join('')
  const letters = library.pinyin(start, { pattern: 'first', toneType: 'none', type: 'array' })
  const known = letters.map((letter) => (/^[a-z]$/.test(letter) ? letter : ' ')).join('')
  const tokens = letters.map((_, index) => /^[a-z]*/.exec(known.slice(index, index + longestToken))?.[0] ?? '')
  return tokens.filter((token) => token.length > 1)
}
