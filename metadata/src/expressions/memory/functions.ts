import { duration, FeelDate, FeelDateTime, FeelDuration, FeelFunction, FeelTime, isFunction, toFeel } from 'feelin'
import * as decimal from '../decimal.ts'
import { matchPattern } from '../match-pattern.ts'
import { parsePattern } from '../pattern.ts'

type Guard<T> = (value: unknown) => value is T

const isNumber: Guard<number> = (value) => typeof value === 'number'
const isText: Guard<string> = (value) => typeof value === 'string'
const isList: Guard<unknown[]> = (value) => Array.isArray(value)
const isNumberOrNull: Guard<number | null> = (value) => value === null || isNumber(value)
const isDate: Guard<FeelDate> = (value) => value instanceof FeelDate
const isDatetime: Guard<FeelDateTime> = (value) => value instanceof FeelDateTime
const isTime: Guard<FeelTime> = (value) => value instanceof FeelTime
const isDuration: Guard<FeelDuration> = (value) => value instanceof FeelDuration

/**
 * What compiled expressions call where feelin's own functions differ from SQL or stumble over doubles. A null argument,
 * or one of another type, gives null.
 */
export const memoryFunctions: Readonly<Record<string, FeelFunction>> = {
  settle: two(isNumber, isNumber, decimal.roundHalfUp),
  roundHalfUp: two(isNumber, isNumber, decimal.roundHalfUp),
  roundHalfDown: two(isNumber, isNumber, decimal.roundHalfDown),
  roundHalfEven: two(isNumber, isNumber, decimal.roundHalfEven),
  roundUp: two(isNumber, isNumber, decimal.roundUp),
  roundDown: two(isNumber, isNumber, decimal.roundDown),
  modulo: three(isNumber, isNumber, isNumber, decimal.modulo),
  textOf: two(isNumber, isNumber, decimal.decimalText),
  numberOf: one(isText, (text) => (/^-?([0-9]{1,15}|[0-9]{1,9}\.[0-9]{1,6})$/.test(text) ? Number(text) : null)),
  matches: two(isText, isText, (text, pattern) => {
    const parsed = parsePattern(pattern)
    return parsed ? matchPattern(parsed, text) : null
  }),
  substring: three(isText, isNumber, isNumberOrNull, substring),
  replace: three(isText, isText, isText, (text, part, replacement) => text.replaceAll(part, () => replacement)),
  position: two(isText, isList, (option, options) => (options.includes(option) ? options.indexOf(option) : null)),
  milliseconds: one(isDuration, (value) => {
    const { days, hours, minutes, seconds, milliseconds } = value.unwrap()
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
  }),
  months: one(isDuration, (value) => value.unwrap().years * 12 + value.unwrap().months),
  timeOf: one(isDatetime, (value) => toFeel(value.unwrap().toPlainTime())),
  at: three(isDate, isTime, isText, (date, time, zone) =>
    toFeel(date.unwrap().toZonedDateTime({ timeZone: zone, plainTime: time.unwrap() })),
  ),
  monthsBetween: two(isDate, isDate, monthsBetween),
  filter: new FeelFunction(filter, ['list', 'condition']),
}

/** By code points; a negative start counts from the end. */
function substring(text: string, start: number, length: number | null): string {
  const characters = Array.from(text)
  const from = start > 0 ? start - 1 : Math.max(0, characters.length + start)
  return characters.slice(from, length === null ? undefined : from + length).join('')
}

/** Whole months from one date to the other, negative when they are in the other order. */
function monthsBetween(from: FeelDate, to: FeelDate): FeelDuration | null {
  const [first, last] = from.iso <= to.iso ? [from, to] : [to, from]
  const months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day ? 1 : 0)
  return duration(`${first === from ? '' : '-'}P${months}M`)
}

function filter(list: unknown, condition: unknown): unknown {
  if (!isList(list) || !isFunction(condition)) return []
  return list.filter((element) => condition.invoke([element]) === true)
}

function one<A>(guard: Guard<A>, run: (a: A) => unknown): FeelFunction {
  return new FeelFunction((a: unknown) => (guard(a) ? run(a) : null), ['a'])
}

function two<A, B>(first: Guard<A>, second: Guard<B>, run: (a: A, b: B) => unknown): FeelFunction {
  return new FeelFunction((a: unknown, b: unknown) => (first(a) && second(b) ? run(a, b) : null), ['a', 'b'])
}

function three<A, B, C>(first: Guard<A>, second: Guard<B>, third: Guard<C>, run: (a: A, b: B, c: C) => unknown) {
  const guarded = (a: unknown, b: unknown, c: unknown) => (first(a) && second(b) && third(c) ? run(a, b, c) : null)
  return new FeelFunction(guarded, ['a', 'b', 'c'])
}
