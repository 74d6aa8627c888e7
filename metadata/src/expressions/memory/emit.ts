import type { Literal } from '../operand.ts'
import { type Parameter, parameterAt, writeRow } from '../profile/row.ts'
import { profile } from '../profile.ts'
import { settledScale } from '../settling.ts'
import type { Call, TypedExpression } from '../typed-expression.ts'
import type { Slots } from './slots.ts'

/** FEEL text for feelin, and what it needs beside the record: constants, and dates and times to put into the zone. */
export interface Emitted {
  readonly text: string
  readonly constants: Readonly<Record<string, unknown>>
  readonly datetimes: Readonly<Record<string, string>>
}

interface Emitting {
  readonly slots: Slots
  readonly constants: Record<string, unknown>
  readonly datetimes: Record<string, string>
}

/**
 * Writes an expression as FEEL over `Record`, `Item`, `Clock`, `Call` and `Constant`: names that no field can have.
 */
export function emitExpression(expression: TypedExpression, slots: Slots): Emitted {
  const emitting: Emitting = { slots, constants: {}, datetimes: {} }
  return { text: emit(expression, emitting), constants: emitting.constants, datetimes: emitting.datetimes }
}

function emit(expression: TypedExpression, emitting: Emitting): string {
  switch (expression.node) {
    case 'literal':
      return emitLiteral(expression, emitting)
    case 'reference':
      return `Record.${emitting.slots.nameOf(expression)}`
    case 'element':
      return expression.path.length === 0 ? 'Item' : `Item.${emitting.slots.nameOf(expression)}`
    case 'list':
      return `[${expression.items.map((item) => emit(item, emitting)).join(', ')}]`
    case 'call':
      return emitCall(expression, emitting)
  }
}

function emitCall(call: Call, emitting: Emitting): string {
  const row = profile[call.row]
  const args = call.args.map((argument, index) => {
    const others = call.args.filter((other) => other !== argument)
    return emitArgument(argument, parameterAt(row, index), others, emitting)
  })
  const constant = (value: unknown) => keep(emitting.constants, 'Constant', value)
  return row.memory ? row.memory(args, { args: call.args, type: call.type, constant }) : writeRow(row, args)
}

function emitArgument(
  argument: TypedExpression,
  parameter: Parameter | undefined,
  others: readonly TypedExpression[],
  emitting: Emitting,
): string {
  if (argument.node === 'list') {
    return `[${argument.items.map((item) => emitArgument(item, parameter, others, emitting)).join(', ')}]`
  }
  const text = emit(argument, emitting)
  const form = parameter?.as
  const scale = settledScale(argument, form, others)
  if (scale !== undefined) return `Call.settle(${text}, ${scale})`
  if (form === undefined || form === 'settled') return text
  const { type } = argument
  if (type.kind === 'days-duration') return `Call.milliseconds(${text})`
  if (type.kind === 'months-duration') return `Call.months(${text})`
  if (type.kind !== 'option' || form !== 'ordered') return text
  return `Call.position(${text}, ${keep(emitting.constants, 'Constant', type.options)})`
}

function emitLiteral({ type, value }: Literal, { constants, datetimes }: Emitting): string {
  if (typeof value === 'number') return `(${value.toFixed(type.kind === 'number' ? (type.scale ?? 0) : 0)})`
  if (typeof value !== 'string') return String(value)
  if (type.kind === 'datetime') return keep(datetimes, 'Clock', value)
  const maker = constructors[type.kind]
  if (maker) return `${maker}("${value}")`
  return /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(value) && !/["\\]/.test(value)
    ? `"${value}"`
    : keep(constants, 'Constant', value)
}

const constructors: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  'days-duration': 'duration',
  'months-duration': 'duration',
}

/** Puts a value under a fresh name, and says how the text reaches it. */
function keep<T>(place: Record<string, T>, owner: string, value: T): string {
  const name = `v${Object.keys(place).length}`
  place[name] = value
  return `${owner}.${name}`
}
