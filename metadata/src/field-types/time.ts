import { isoClock, readClock } from './calendar-text.ts'
import { defineFieldType, plainText, readAs, unreadable } from './define-field-type.ts'
import { orderedOperators } from './operators.ts'

/** A time of day without a zone, `hh:mm:ss`; seconds may be left out when writing. */
export const time = defineFieldType({
  settings: {},
  value: () => ({ type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$' }),
  normalise: (value) => (typeof value === 'string' && /^\d\d:\d\d$/.test(value) ? `${value}:00` : value),
  feel: 'time',
  operators: orderedOperators,
  toText: (value) => plainText(value).replace(/:00$/, ''),
  fromText: (written) => {
    const clock = readClock(written)
    return clock === undefined
      ? unreadable('text.time', `“${written}” is no time; write it as 08:30.`)
      : readAs(isoClock(clock))
  },
})
