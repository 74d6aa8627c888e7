import { evaluate, date as feelDate, isFunction } from 'feelin'
import { inexactScale } from './decimal.ts'
import { fromFeelValue, toZoned } from './memory/convert.ts'
import { emitExpression } from './memory/emit.ts'
import { memoryFunctions } from './memory/functions.ts'
import { planSlots } from './memory/slots.ts'
import { type Clock, todayOf } from './temporal.ts'
import type { TypedExpression } from './typed-expression.ts'
import { type FeelType, scaleOf } from './types.ts'

/** A compiled expression: takes a plain JSON record and the time, gives a plain JSON value, null for no value. */
export type Evaluate = (context: unknown, clock: Clock) => unknown

/**
 * Compiles a checked expression for feelin, once for many records. A value that is missing in the record or is not of
 * its type counts as null; a lookup may be given as the record or as its identity alone.
 */
export function compileExpression(expression: TypedExpression): Evaluate {
  const slots = planSlots(expression)
  const { text, constants, datetimes } = emitExpression(expression, slots)
  const context = { Call: memoryFunctions, Constant: constants }
  const { value: compiled, warnings } = evaluate(`function(Record, Clock) ${text}`, context)
  if (!isFunction(compiled)) throw new Error(`feelin made no function of: ${text}`)
  const scale = resultScale(expression.type)
  const clockOf = rememberLast((clock: Clock) => prepareClock(clock, datetimes))
  return (record, clock) => {
    const value = compiled.invoke([slots.fill(record, clock.timeZone), clockOf(clock)])
    // feelin keeps a warning for every null that meets an operator; nobody reads them and they would pile up.
    warnings.length = 0
    return fromFeelValue(value, scale)
  }
}

/** Compiles a condition: true only when the value is true, so null is not. */
export function compileCondition(expression: TypedExpression): (context: unknown, clock: Clock) => boolean {
  const run = compileExpression(expression)
  return (context, clock) => run(context, clock) === true
}

function prepareClock(clock: Clock, datetimes: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const literals = Object.entries(datetimes).map(([name, written]) => [name, toZoned(written, clock.timeZone)])
  return {
    ...Object.fromEntries(literals),
    today: feelDate(todayOf(clock)),
    now: toZoned(clock.now.toISOString(), clock.timeZone),
    zone: clock.timeZone,
  }
}

function rememberLast<K extends object, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) }
    return last.value
  }
}

function resultScale(type: FeelType): number {
  return scaleOf(type.kind === 'list' ? type.of : type) ?? inexactScale
}
