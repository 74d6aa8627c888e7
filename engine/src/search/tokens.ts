import { initialsOf } from './initials.ts'

const word = /[\p{L}\p{N}]+/gu
const ideograph = /\p{Script=Han}/u
const maximumTokens = 2_000

/**
 * The tokens under which a text is found: Latin words in lower case, and for Chinese every character and every pair of
 * neighbours, so that words of two characters are found without a dictionary, and pinyin initials.
 */
export function tokensOf(text: string): Set<string> {
  const tokens = new Set<string>()
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    for (const part of splitScripts(run)) addPart(tokens, part)
    if (tokens.size >= maximumTokens) break
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

function addPart(tokens: Set<string>, part: string): void {
  if (!ideograph.test(part)) {
    tokens.add(part.slice(0, 60))
    return
  }
  const characters = [...part]
  characters.forEach((character, index) => {
    tokens.add(character)
    const next = characters[index + 1]
    if (next !== undefined) tokens.add(character + next)
  })
  for (const initials of initialsOf(part)) tokens.add(initials)
}
