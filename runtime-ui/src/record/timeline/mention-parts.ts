import type { Named } from '../../api/people.ts'

/** A piece of a comment: a mentioned name with its `@`, or the text between. */
export interface CommentPart {
  readonly text: string
  readonly isMention: boolean
  /** Where it begins in the comment. */
  readonly start: number
}

/** The people among `people` whose name the text says after an `@`. */
export function mentionedIn(text: string, people: readonly Named[]): Named[] {
  const mentioned = new Set(mentionParts(text, people).flatMap((part) => (part.isMention ? [part.text] : [])))
  return people.filter(({ name }) => mentioned.has(`@${name}`))
}

/** A comment with the names of the mentioned set apart. */
export function mentionParts(text: string, mentions: readonly Named[]): CommentPart[] {
  const names = mentions.flatMap(({ name }) => (name === '' ? [] : `@${name}`)).toSorted((a, b) => b.length - a.length)
  if (names.length === 0) return [{ text, isMention: false, start: 0 }]
  const pattern = new RegExp(`(${names.map(escaped).join('|')})`, 'u')
  let start = 0
  return text.split(pattern).flatMap((part, index): CommentPart[] => {
    const from = start
    start += part.length
    return part === '' ? [] : [{ text: part, isMention: index % 2 === 1, start: from }]
  })
}

function escaped(name: string): string {
  return name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}
