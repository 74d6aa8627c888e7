/**
 * The regular expressions that the profile allows: characters, `.`, `\d \w \s`, sets, groups, `|`, `^`, `$` and
 * repetitions of what holds no repetition. They are matched by walking sets of positions, never by backtracking.
 */
export type Pattern =
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly Range[] }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly items: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly item: Pattern; readonly min: number; readonly max: number }

/** First and last code point, both included. */
type Range = readonly [number, number]

/** Longer texts are not matched: `matches` is null for them. */
export const longestMatchedText = 1000

const longestPattern = 200
const mostRepetitions = 50
const classes: Readonly<Record<string, readonly Range[]>> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  s: [
    [9, 13],
    [32, 32],
  ],
}
const lineEnds: readonly Range[] = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
]

/** Reads a pattern; undefined when it is malformed, too long, or says something the profile does not allow. */
export function parsePattern(source: string): Pattern | undefined {
  if (source.length > longestPattern) return undefined
  const reader = { characters: Array.from(source), at: 0 }
  const pattern = readChoice(reader)
  return reader.at === reader.characters.length ? pattern : undefined
}

interface Reader {
  readonly characters: readonly string[]
  at: number
}

function readChoice(reader: Reader): Pattern | undefined {
  const items: Pattern[] = []
  do {
    const item = readSequence(reader)
    if (item === undefined) return undefined
    items.push(item)
  } while (take(reader, '|'))
  return items.length === 1 ? items[0] : { kind: 'choice', items }
}

function readSequence(reader: Reader): Pattern | undefined {
  const items: Pattern[] = []
  while (reader.at < reader.characters.length && peek(reader) !== '|' && peek(reader) !== ')') {
    const atom = readAtom(reader)
    const item = atom && readRepetition(reader, atom)
    if (item === undefined) return undefined
    items.push(item)
  }
  return { kind: 'sequence', items }
}

function readAtom(reader: Reader): Pattern | undefined {
  const character = next(reader)
  if (character === '^') return { kind: 'start' }
  if (character === '$') return { kind: 'end' }
  if (character === '.') return { kind: 'set', negated: true, ranges: lineEnds }
  if (character === '[') return readSet(reader)
  if (character === '(') return readGroup(reader)
  if (character === '\\') return readEscape(reader)
  return character === undefined || '*+?{})]'.includes(character) ? undefined : single(character)
}

function readGroup(reader: Reader): Pattern | undefined {
  if (peek(reader) === '?' && !(take(reader, '?') && take(reader, ':'))) return undefined
  const group = readChoice(reader)
  return take(reader, ')') ? group : undefined
}

function readEscape(reader: Reader): Pattern | undefined {
  const ranges = escaped(next(reader))
  return ranges && { kind: 'set', negated: false, ranges }
}

function escaped(character: string | undefined): readonly Range[] | undefined {
  if (character === undefined) return undefined
  if (Object.hasOwn(classes, character)) return classes[character]
  return /[\p{L}\p{N}]/u.test(character) ? undefined : [rangeOf(character)]
}

function readSet(reader: Reader): Pattern | undefined {
  const negated = take(reader, '^')
  const ranges: Range[] = []
  while (!take(reader, ']')) {
    const read = readSetItem(reader)
    if (read === undefined) return undefined
    ranges.push(...read)
  }
  return ranges.length === 0 ? undefined : { kind: 'set', negated, ranges }
}

function readSetItem(reader: Reader): readonly Range[] | undefined {
  const character = next(reader)
  const first = character === '\\' ? escaped(next(reader)) : plain(character)
  const dashed = peek(reader) === '-' && reader.characters[reader.at + 1] !== ']'
  if (first === undefined || !dashed) return first
  next(reader)
  const end = next(reader)
  const last = end === '\\' ? escaped(next(reader)) : plain(end)
  const [from, to] = [first[0], last?.[0]]
  const isRange = first.length === 1 && last?.length === 1 && from && to && from[0] === from[1] && to[0] === to[1]
  return isRange && from[0] <= to[0] ? [[from[0], to[0]]] : undefined
}

function readRepetition(reader: Reader, item: Pattern): Pattern | undefined {
  const bounds = readBounds(reader)
  if (bounds === 'once') return item
  const [min, max] = bounds ?? [1, 0]
  const allowed = min <= max && !repeats(item) && (max === Number.POSITIVE_INFINITY || max <= mostRepetitions)
  return allowed && min <= mostRepetitions && !'*+?{'.includes(peek(reader) ?? ' ')
    ? { kind: 'repeat', item, min, max }
    : undefined
}

function readBounds(reader: Reader): 'once' | readonly [number, number] | undefined {
  if (take(reader, '*')) return [0, Number.POSITIVE_INFINITY]
  if (take(reader, '+')) return [1, Number.POSITIVE_INFINITY]
  if (take(reader, '?')) return [0, 1]
  if (!take(reader, '{')) return 'once'
  let written = ''
  while (peek(reader) !== undefined && peek(reader) !== '}') written += next(reader)
  const [, min, comma, max] = /^(\d{1,3})(,?)(\d{0,3})$/.exec(written) ?? []
  if (!take(reader, '}') || min === undefined) return undefined
  if (comma === '') return [Number(min), Number(min)]
  return [Number(min), max === '' ? Number.POSITIVE_INFINITY : Number(max)]
}

function repeats(pattern: Pattern): boolean {
  if (pattern.kind === 'sequence' || pattern.kind === 'choice') return pattern.items.some(repeats)
  return pattern.kind === 'repeat' || pattern.kind === 'start' || pattern.kind === 'end'
}

function plain(character: string | undefined): readonly Range[] | undefined {
  return character === undefined || character === '[' ? undefined : [rangeOf(character)]
}

function single(character: string): Pattern {
  return { kind: 'set', negated: false, ranges: [rangeOf(character)] }
}

function rangeOf(character: string): Range {
  const point = character.codePointAt(0) ?? 0
  return [point, point]
}

function peek(reader: Reader): string | undefined {
  return reader.characters[reader.at]
}

function next(reader: Reader): string | undefined {
  return reader.characters[reader.at++]
}

function take(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false
  reader.at++
  return true
}
