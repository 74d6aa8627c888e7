import type { TypedExpression } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import type { Compiling, Source } from './compiling.ts'

type Compile = (expression: TypedExpression, compiling: Compiling) => SQL

/** A list expression as something to select from: child records, or the values of an array. */
export function sourceOf(list: TypedExpression, compiling: Compiling, compile: Compile): Source {
  if (list.node === 'call') return sourceOfCall(list, compiling, compile)
  const isRecords = list.type.kind === 'list' && list.type.of.kind === 'context'
  if (list.node !== 'reference' || !isRecords) return sourceOfArray(compile(list, compiling))
  const rows = compiling.resolver.rows(list.path)
  return { from: rows.from, where: [], value: sql`1`, element: (path) => rows.column(path) }
}

function sourceOfCall(
  call: Extract<TypedExpression, { node: 'call' }>,
  compiling: Compiling,
  compile: Compile,
): Source {
  const [list, inner] = call.args
  if (!list || !inner) throw new Error(`“${call.row}” makes no list.`)
  const source = sourceOf(list, compiling, compile)
  const within = compile(inner, { ...compiling, element: source })
  return call.row === 'filter'
    ? { ...source, where: [...source.where, sql`${within} is true`] }
    : { ...source, value: within }
}

function sourceOfArray(array: SQL): Source {
  const value = sql`heddle_item.value`
  return { from: sql`unnest(${array}) as heddle_item(value)`, where: [], value, element: () => value }
}
