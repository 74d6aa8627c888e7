import { isObject, type Json } from '../json.ts'
import { toHalfWidth } from './clean-text.ts'
import { defineFieldType, type Parsed, readAs, unreadable, type ValueFault } from './define-field-type.ts'
import { equalityOperators } from './operators.ts'

/**
 * A day of the Chinese calendar without a year, `{month, day, leap}`; `leap` is the leap month that follows the month.
 * `lunarToSolar` gives its day in a year.
 */
export const lunarDate = defineFieldType({
  settings: {},
  value: () => ({
    type: 'object',
    properties: {
      month: { type: 'integer', minimum: 1, maximum: 12 },
      day: { type: 'integer', minimum: 1, maximum: 30 },
      leap: { type: 'boolean' },
    },
    required: ['month', 'day', 'leap'],
    additionalProperties: false,
  }),
  normalise: (value) => (isObject(value) && !Object.hasOwn(value, 'leap') ? { ...value, leap: false } : value),
  check: leapFaults,
  feel: 'none',
  operators: equalityOperators,
  toText: (value) => {
    if (!isObject(value)) return ''
    const month = monthNames[Number(value.month) - 1] ?? ''
    return `${value.leap === true ? '闰' : ''}${month}${dayName(Number(value.day))}`
  },
  fromText: readLunarDate,
})

/** Between 1900 and 2100 a leap month follows the second to the eleventh month only. */
function leapFaults(value: Json): ValueFault[] {
  if (!isObject(value) || value.leap !== true || (value.month !== 1 && value.month !== 12)) return []
  return [{ path: '/leap', code: 'value.leapMonth', message: 'There is no leap first or twelfth month.' }]
}

const digits = '一二三四五六七八九十'
const monthNames = ['正月', ...[...digits].slice(1).map((digit) => `${digit}月`), '冬月', '腊月']
const otherMonths: ReadonlyMap<string, number> = new Map([
  ['一月', 1],
  ['十一月', 11],
  ['十二月', 12],
])

function dayName(day: number): string {
  const unit = digits.charAt((day - 1) % 10)
  if (day <= 10) return `初${unit}`
  if (day < 20) return `十${unit}`
  return day === 20 ? '二十' : day === 30 ? '三十' : `廿${unit}`
}

const dayNames: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 30 }, (_, index) => [dayName(index + 1), index + 1] as const),
)

function readLunarDate(text: string): Parsed {
  const compact = toHalfWidth(text).replace(/[\s农历阴历]/g, '')
  const match = /^(闰?)(?:(\d{1,2})[-/.月](\d{1,2})日?|(.{1,2}月)(.{2,3}?)日?)$/u.exec(compact)
  const [, leap, monthDigits, dayDigits, monthName = '', nameOfDay = ''] = match ?? []
  const month = monthDigits === undefined ? monthNamed(monthName) : Number(monthDigits)
  const day = dayDigits === undefined ? (dayNames.get(nameOfDay.replace(/^二十(?=.)/, '廿')) ?? 0) : Number(dayDigits)
  return month < 1 || month > 12 || day < 1 || day > 30
    ? unreadable('text.lunarDate', `“${text}” is no lunar date; write it as 六月三十, 闰六月初一 or 6-30.`)
    : readAs({ month, day, leap: leap === '闰' })
}

function monthNamed(name: string): number {
  return otherMonths.get(name) ?? monthNames.indexOf(name) + 1
}
