import { initialsOf } from './initials.ts'

const word = /[\p{L}\p{N}]+/gu
const ideograph = /\p{Script=Han}/u
/** A record is found by no more of them. */
export const mostTokens = 2_000

/**
 * The tokens under which a text is found: Latin words in lower case, and for Chinese every character and every pair of
 * neighbours, so that words of two characters are found without a dictionary, and pinyin initials.
 */
export function tokensOf(text: string): Set<string> {
  const tokens = new Set<string>()
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    for (const token of splitScripts(run).flatMap(tokensOfPart)) {
      if (tokens.size >= mostTokens) return tokens
      tokens.add(token)
    }
  }
  return tokens
}

/** Splits a run of letters where Chinese characters meet others. */
export function splitScripts(run: string): string[] {
  if (!ideograph.test(run)) return [run]
  const parts: string[] = []
  let current = ''
  let wasIdeograph = false
  for (const character of run) {
    const isIdeograph = ideograph.test(character)
    if (current !== '' && isIdeograph !== wasIdeograph) {
      parts.push(current)
      current = ''
    }
    current += character
    wasIdeograph = isIdeograph
  }
  if (current !== '') parts.push(current)
  return parts
}

function tokensOfPart(part: string): readonly string[] {
  if (!ideograph.test(part)) return [part.slice(0, 60)]
  const characters = [...part].slice(0, mostTokens)
  const pairs = characters.map((character, index) => character + (characters[index + 1] ?? ''))
  return [...characters.flatMap((character, index) => [character, pairs[index] ?? '']), ...initialsOf(part)]
}
