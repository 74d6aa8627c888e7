import { asText } from '../json.ts'
import { defineFieldType, type FieldSource, plainText, type ValueFault } from './define-field-type.ts'
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
  toText: plainText,
})

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
