import { longestMatchedText, type Pattern } from './pattern.ts'

/** Whether the pattern occurs in the text; null when the text is longer than 1,000 characters. */
export function matchPattern(pattern: Pattern, text: string): boolean | null {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  if (points.length > longestMatchedText) return null
  const everywhere = new Set(points.keys()).add(points.length)
  return advance(pattern, points, everywhere).size > 0
}

/** The positions after the pattern, for every position before it. */
function advance(pattern: Pattern, points: readonly number[], from: ReadonlySet<number>): ReadonlySet<number> {
  if (from.size === 0) return from
  switch (pattern.kind) {
    case 'start':
      return new Set(from.has(0) ? [0] : [])
    case 'end':
      return new Set(from.has(points.length) ? [points.length] : [])
    case 'set':
      return new Set([...from].filter((at) => isIn(pattern, points[at])).map((at) => at + 1))
    case 'sequence':
      return pattern.items.reduce((positions, item) => advance(item, points, positions), from)
    case 'choice':
      return new Set(pattern.items.flatMap((item) => [...advance(item, points, from)]))
    case 'repeat':
      return advanceRepeatedly(pattern, points, from)
  }
}

function advanceRepeatedly(
  { item, min, max }: Extract<Pattern, { kind: 'repeat' }>,
  points: readonly number[],
  from: ReadonlySet<number>,
): ReadonlySet<number> {
  let frontier = from
  for (let count = 0; count < min; count++) frontier = advance(item, points, frontier)
  const reached = new Set(frontier)
  for (let count = min; count < max && frontier.size > 0; count++) {
    frontier = new Set([...advance(item, points, frontier)].filter((at) => !reached.has(at)))
    for (const at of frontier) reached.add(at)
  }
  return reached
}

function isIn(set: Extract<Pattern, { kind: 'set' }>, point: number | undefined): boolean {
  if (point === undefined) return false
  return set.ranges.some(([first, last]) => point >= first && point <= last) !== set.negated
}
