import type { Pattern } from '@heddle/metadata'

/** The pattern as a PostgreSQL regular expression, every character by its code point so that none is special. */
export function renderPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'start':
      return '\\A'
    case 'end':
      return '\\Z'
    case 'set':
      return `[${pattern.negated ? '^' : ''}${pattern.ranges.map(renderRange).join('')}]`
    case 'sequence':
      return pattern.items.map(renderPattern).join('')
    case 'choice':
      return `(?:${pattern.items.map(renderPattern).join('|')})`
    case 'repeat':
      return `(?:${renderPattern(pattern.item)}){${pattern.min},${Number.isFinite(pattern.max) ? pattern.max : ''}}`
  }
}

function renderRange([first, last]: readonly [number, number]): string {
  return first === last ? point(first) : `${point(first)}-${point(last)}`
}

function point(code: number): string {
  return `\\U${code.toString(16).padStart(8, '0')}`
}
