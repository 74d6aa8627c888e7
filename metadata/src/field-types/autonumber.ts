import { asText, type JsonObject } from '../json.ts'
import {
  defineFieldType,
  type FieldSource,
  type Numbering,
  type NumberPart,
  plainText,
  type ValueFault,
} from './define-field-type.ts'
import { textOperators } from './operators.ts'

/**
 * A number the engine gives at creation, e.g. `SO-202501-0007` by the format `SO-{yyyy}{MM}-{0000}`. `reset` starts over
 * with each year, month or day; `gap: none` numbers without holes.
 */
export const autonumber = defineFieldType({
  settings: {
    format: { type: 'string', minLength: 3, maxLength: 60 },
    gap: { enum: ['allow', 'none'] },
    reset: { enum: ['never', 'year', 'month', 'day'] },
  },
  required: ['format'],
  checkDefinition: formatFaults,
  value: () => ({ type: 'string', minLength: 1, maxLength: 80 }),
  feel: 'text',
  operators: textOperators,
  source: 'computed',
  isUnique: true,
  isTopLevel: true,
  numbers: numberingOf,
  toText: plainText,
})

/** Where the parts of a date stand in its ISO form. */
const slices: { readonly [token: string]: NumberPart } = {
  '{yyyy}': { from: 0, to: 4 },
  '{yy}': { from: 2, to: 4 },
  '{MM}': { from: 5, to: 7 },
  '{dd}': { from: 8, to: 10 },
}

const periodLengths: { readonly [reset: string]: number } = { never: 0, year: 4, month: 7, day: 10 }

function numberingOf(settings: JsonObject): Numbering {
  const pieces = (asText(settings.format) ?? '').split(/(\{[^}]*\})/).filter((piece) => piece !== '')
  return {
    parts: pieces.map(
      (piece) => slices[piece] ?? (piece.startsWith('{') ? { width: piece.length - 2 } : { text: piece }),
    ),
    periodLength: periodLengths[asText(settings.reset) ?? 'never'] ?? 0,
    hasGaps: settings.gap !== 'none',
  }
}

/** The number of the `count`-th record on that day (ISO date). */
export function formatNumber({ parts }: Numbering, day: string, count: number): string {
  return parts
    .map((part) => {
      if ('text' in part) return part.text
      return 'width' in part ? String(count).padStart(part.width, '0') : day.slice(part.from, part.to)
    })
    .join('')
}

/** The dates a format must show so that numbers stay different when the counter starts over. */
const neededTokens: { readonly [reset: string]: readonly RegExp[] } = {
  year: [/\{yy(yy)?\}/],
  month: [/\{yy(yy)?\}/, /\{MM\}/],
  day: [/\{yy(yy)?\}/, /\{MM\}/, /\{dd\}/],
}

function formatFaults({ settings }: FieldSource): ValueFault[] {
  const format = asText(settings.format) ?? ''
  const reset = asText(settings.reset) ?? 'never'
  const path = '/x-field/format'
  const faults: ValueFault[] = []
  const counters = format.match(/\{0{1,12}\}/g) ?? []
  if (counters.length !== 1) {
    faults.push({ path, code: 'autonumber.counter', message: 'A format has one counter, e.g. {0000}.' })
  }
  const unknown = /\{[^}]*\}?|\}/.exec(format.replace(/\{(?:yyyy|yy|MM|dd|0{1,12})\}/g, ''))
  if (unknown !== null) {
    const message = `“${unknown[0]}” is no part of a format; write {yyyy}, {yy}, {MM}, {dd} or a counter such as {0000}.`
    faults.push({ path, code: 'autonumber.token', message })
  }
  if ((neededTokens[reset] ?? []).some((token) => !token.test(format))) {
    const message = `The counter starts over each ${reset}, so the format must show the ${reset}, or numbers repeat.`
    faults.push({ path, code: 'autonumber.reset', message })
  }
  return faults
}
