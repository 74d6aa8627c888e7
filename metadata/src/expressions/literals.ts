import { badLiteral, exponentNumber, type Finding, literalWanted, tooManyDigits } from './findings.ts'
import type { Literal } from './operand.ts'
import type { SyntaxNode } from './syntax.ts'
import { durationParts, isDateText, isDatetimeText, isTimeText } from './temporal.ts'
import {
  boolean,
  date,
  datetime,
  daysDuration,
  decimalNumber,
  type FeelType,
  monthsDuration,
  nothing,
  text,
  time,
} from './types.ts'

const mostDigits = 15

interface TemporalForm {
  readonly typeOf: (written: string) => FeelType | undefined
  readonly wanted: string
}

/** What `date("…")` and its kin take; `@"…"` takes any of them. */
const temporalForms: Readonly<Record<string, TemporalForm>> = {
  date: { typeOf: (written) => (isDateText(written) ? date : undefined), wanted: 'a date like 2024-01-31' },
  'date and time': {
    typeOf: (written) => (isDatetimeText(written) ? datetime : undefined),
    wanted: 'a date and time like 2024-01-31T10:00:00',
  },
  time: { typeOf: (written) => (isTimeText(written) ? time : undefined), wanted: 'a time like 10:00:00' },
  duration: { typeOf: durationType, wanted: 'a duration like P30D, PT2H or P1Y6M of at most 1,000 years' },
}

/** The names that make a value from a text, for the near miss. */
export const temporalConstructors = Object.keys(temporalForms)

/** Reads a text, number, boolean or null. */
export function readLiteral(node: SyntaxNode): Literal | Finding {
  const { from, to } = node
  if (node.name === 'null') return { node: 'literal', value: null, type: nothing, from, to }
  if (node.name === 'BooleanLiteral') return { node: 'literal', value: node.text === 'true', type: boolean, from, to }
  return node.name === 'NumericLiteral' ? readNumber(node) : readText(node)
}

/** Reads `date("…")`, `date and time("…")`, `time("…")`, `duration("…")`; undefined when it is no such form. */
export function readConstructor(
  name: string,
  args: readonly SyntaxNode[],
  at: SyntaxNode,
): Literal | Finding | undefined {
  const form = Object.hasOwn(temporalForms, name) ? temporalForms[name] : undefined
  const [argument] = args
  if (!form || !argument || args.length > 1) return undefined
  if (argument.name !== 'StringLiteral')
    return name === 'duration' ? literalWanted(argument, 'the duration') : undefined
  return readTemporal([form], argument, at)
}

/** Reads `@"…"`. */
export function readAt(at: SyntaxNode): Literal | Finding {
  return readTemporal(Object.values(temporalForms), at.children[0] ?? at, at)
}

function readTemporal(forms: readonly TemporalForm[], argument: SyntaxNode, at: SyntaxNode): Literal | Finding {
  const written = unescapeText(argument.text)
  for (const form of forms) {
    const type = form.typeOf(written)
    if (type) return { node: 'literal', value: written, type, from: at.from, to: at.to }
  }
  return badLiteral(argument, written, forms.map((form) => form.wanted).join(', or '))
}

function durationType(written: string): FeelType | undefined {
  const parts = durationParts(written)
  return parts && ('months' in parts ? monthsDuration : daysDuration)
}

function readNumber(node: SyntaxNode): Literal | Finding {
  const digits = node.text.replace(/\s/g, '')
  if (/e/i.test(digits)) return exponentNumber(node)
  const significant = digits.replace(/[-.]/g, '').replace(/^0+/, '').length
  if (significant > mostDigits) return tooManyDigits(node, mostDigits)
  const scale = digits.split('.')[1]?.length ?? 0
  const value = Number(digits)
  const type = decimalNumber(scale)
  return Number.isFinite(value)
    ? { node: 'literal', value, type, from: node.from, to: node.to }
    : badLiteral(node, node.text, 'a number')
}

function readText(node: SyntaxNode): Literal | Finding {
  const value = unescapeText(node.text)
  const storable = !value.includes('\u0000') && !/\p{Surrogate}/u.test(value)
  return storable
    ? { node: 'literal', value, type: text, from: node.from, to: node.to }
    : badLiteral(node, node.text, 'a text of whole characters')
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** The text between the quotes. Other backslashes stay, so that patterns can be written: `"\d+"`. */
function unescapeText(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(["\\nrt]))/g, (_, code?: string, character?: string) =>
      code === undefined ? (escapes[character ?? ''] ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
    )
}
