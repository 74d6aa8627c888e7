import {
  type ArgumentForm,
  type Call,
  inexactScale,
  parameterAt,
  profile,
  settledScale,
  type TypedExpression,
} from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { Compiling, SqlCall, SqlResolver } from './compiling.ts'
import { compileListOf, compileLiteral } from './literals.ts'
import { sourceOf } from './sources.ts'
import type { SqlClock } from './sql-clock.ts'
import { sqlProfile } from './sql-profile.ts'

/**
 * Compiles a checked expression to SQL whose value equals what `compileExpression` gives in memory. Every value of the
 * text is a bound parameter. Numbers come rounded to their scale.
 */
export function compileSql(expression: TypedExpression, resolver: SqlResolver, clock: SqlClock): SQL {
  const value = compile(expression, { resolver, clock })
  const { type } = expression
  return type.kind === 'number' && type.scale === undefined
    ? sql`round(${value}::numeric, ${inexactScale}::int)`
    : value
}

/**
 * Compiles a checked condition for WHERE: true for the same rows as `compileSql`, but null and false are one, so that
 * `=` and `in` can use an index.
 */
export function compileWhere(expression: TypedExpression, resolver: SqlResolver, clock: SqlClock): SQL {
  const compiling = { resolver, clock }
  if (expression.node !== 'call') return compile(expression, compiling)
  if (expression.row === 'and' || expression.row === 'or') {
    const parts = expression.args.map((argument) => compileWhere(argument, resolver, clock))
    return sql`(${sql.join(parts, sql.raw(` ${expression.row} `))})`
  }
  const call = callOf(expression, compiling)
  return sqlProfile[expression.row].where?.(call) ?? sqlProfile[expression.row].value(call)
}

function compile(expression: TypedExpression, compiling: Compiling): SQL {
  switch (expression.node) {
    case 'literal':
      return compileLiteral(expression, compiling.clock)
    case 'reference':
      return compiling.resolver.column(expression.path)
    case 'element':
      return compileElement(expression.path, compiling)
    case 'list':
      return compileListOf(
        expression.type,
        expression.items.map((item) => compile(item, compiling)),
      )
    case 'call':
      return sqlProfile[expression.row].value(callOf(expression, compiling))
  }
}

function compileElement(path: readonly string[], { element }: Compiling): SQL {
  if (!element) throw new Error('A list element was compiled outside its list.')
  return path.length === 0 ? element.value : element.element(path)
}

function callOf(expression: Call, compiling: Compiling): SqlCall {
  const argument = (index: number): TypedExpression => {
    const found = expression.args[index]
    if (!found) throw new Error(`“${expression.row}” has no argument ${index}.`)
    return found
  }
  const scalar = (index: number) => compileArgument(expression, argument(index), index, compiling)
  const source = (list: TypedExpression) => sourceOf(list, compiling, compile)
  return {
    expression,
    clock: compiling.clock,
    argument,
    scalar,
    numeric: (index) => (isStored(argument(index)) ? sql`${scalar(index)}::numeric` : scalar(index)),
    local: (index) =>
      argument(index).type.kind === 'datetime'
        ? sql`(${scalar(index)} at time zone ${compiling.clock.zone})`
        : scalar(index),
    source: (index) => source(argument(index)),
    itself: () => source(expression),
    condition: (index, element) => compile(argument(index), { ...compiling, element }),
  }
}

function isStored({ node }: TypedExpression): boolean {
  return node === 'reference' || node === 'element'
}

function compileArgument(call: Call, argument: TypedExpression, index: number, compiling: Compiling): SQL {
  const form = parameterAt(profile[call.row], index)?.as
  const others = call.args.filter((other) => other !== argument)
  if (argument.node === 'list') {
    const items = argument.items.map((item) => formed(item, compile(item, compiling), form, others))
    return compileListOf(argument.type, items)
  }
  return formed(argument, compile(argument, compiling), form, others)
}

/** The argument as the row wants it: a number settled, a text in the order of its characters, an option by position. */
function formed(
  argument: TypedExpression,
  value: SQL,
  form: ArgumentForm | undefined,
  others: readonly TypedExpression[],
): SQL {
  const { type } = argument
  const scale = settledScale(argument, form, others)
  if (scale !== undefined && (type.kind !== 'number' || type.scale === undefined || scale < type.scale)) {
    return sql`round(${value}, ${scale}::int)`
  }
  if (form !== 'ordered') return value
  if (type.kind === 'text') return sql`(${value} collate "C")`
  return type.kind === 'option' ? sql`array_position(${optionList(type.options)}, ${value})` : value
}

function optionList(options: readonly string[]): SQL {
  return sql`array[${sql.join(
    options.map((option) => sql`${option}`),
    sql`, `,
  )}]::text[]`
}
