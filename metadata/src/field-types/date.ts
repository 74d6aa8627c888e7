import { isoDay, readDay } from './calendar-text.ts'
import { defineFieldType, plainText, readAs, unreadable } from './define-field-type.ts'
import { orderedOperators } from './operators.ts'

/** A calendar day, ISO 8601 `yyyy-mm-dd`. */
export const date = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', format: 'date' }),
  check: (value) =>
    typeof value === 'string' && value < '1000'
      ? [{ path: '', code: 'value.year', message: 'The year must be between 1000 and 9999.' }]
      : [],
  feel: 'date',
  operators: orderedOperators,
  toText: plainText,
  fromText: (written) => {
    const day = readDay(written.replace(/(?<=\S)[ T]+0?0:00(?::00(?:\.0+)?)?$/, ''))
    return day === undefined
      ? unreadable('text.date', `“${written}” is no date; write it as 2025-01-31, 2025/1/31 or 2025年1月31日.`)
      : readAs(isoDay(day))
  },
})
