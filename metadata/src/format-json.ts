import { isObject, type Json } from './json.ts'

const lineWidth = 120

/**
 * A document as a file: two spaces, the order of keys kept, on one line what fits into 120 columns, a newline at the
 * end. The same document is the same bytes, and Biome's formatter leaves them as they are.
 */
export function formatJson(value: Json): string {
  const isWhole = isObject(value) && Object.keys(value).length > 0
  return `${isWhole ? inLines(value, 0) : inPlace(value, 0, 0, '')}\n`
}

/** The value on one line when that fits between `column` and what follows it, else in lines. */
function inPlace(value: Json, indent: number, column: number, follows: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = onOneLine(value)
  return column + widthOf(line) + follows.length <= lineWidth ? line : inLines(value, indent)
}

function inLines(value: Json, indent: number): string {
  const inner = ' '.repeat(indent + 2)
  const end = ' '.repeat(indent)
  const isList = Array.isArray(value)
  if (isList && value.every((entry) => typeof entry === 'number')) return `[\n${filled(value, inner)}\n${end}]`
  const entries = Object.entries(value ?? {}).map(([key, entry]: [string, Json], at, all) => {
    const start = isList ? inner : `${inner}${JSON.stringify(key)}: `
    const follows = at < all.length - 1 ? ',' : ''
    return start + inPlace(entry, indent + 2, widthOf(start), follows) + follows
  })
  const [open, close] = isList ? '[]' : '{}'
  return `${open}\n${entries.join('\n')}\n${end}${close}`
}

/** Numbers stand as many to a line as fit. */
function filled(numbers: readonly number[], start: string): string {
  const lines: string[] = []
  let line = start
  numbers.forEach((number, index) => {
    const text = JSON.stringify(number) + (index < numbers.length - 1 ? ',' : '')
    const longer = line === start ? line + text : `${line} ${text}`
    if (longer.length <= lineWidth || line === start) line = longer
    else {
      lines.push(line)
      line = start + text
    }
  })
  return [...lines, line].join('\n')
}

function onOneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${onOneLine(entry)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** East Asian wide and fullwidth characters and emoji take two columns (Unicode Standard Annex 11). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += wide.test(character) ? 2 : 1
  return width
}
