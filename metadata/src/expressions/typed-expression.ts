import type { Literal, Span } from './operand.ts'
import type { ProfileKey } from './profile.ts'
import type { FeelType } from './types.ts'

/** One written name of a path: the full path up to it, and its place. */
export interface Step extends Span {
  readonly path: readonly string[]
}

interface Typed extends Span {
  readonly type: FeelType
}

/** A field of the record, or a path through its lookups. */
export interface Reference extends Typed {
  readonly node: 'reference'
  readonly path: readonly string[]
  readonly steps: readonly Step[]
  /** Whether the last name is a lookup's identity, which may stand in the record in place of the looked up record. */
  readonly isIdentity: boolean
}

/** The element that the surrounding filter, quantifier or path over `list` looks at, or a path from it. */
export interface Element extends Typed {
  readonly node: 'element'
  /** Path of the list; empty when it is written in the text. */
  readonly list: readonly string[]
  readonly path: readonly string[]
  readonly steps: readonly Step[]
  readonly isIdentity: boolean
}

/** `[a, b]` */
export interface ListLiteral extends Typed {
  readonly node: 'list'
  readonly items: readonly TypedExpression[]
}

/** An operator, function or property: a row of the profile applied to its arguments. */
export interface Call extends Typed {
  readonly node: 'call'
  readonly row: ProfileKey
  readonly args: readonly TypedExpression[]
}

/** A checked expression: the tree that is compiled to memory and to SQL. */
export type TypedExpression = Literal | Reference | Element | ListLiteral | Call

/** The expressions directly inside this one. */
export function childrenOf(expression: TypedExpression): readonly TypedExpression[] {
  if (expression.node === 'call') return expression.args
  return expression.node === 'list' ? expression.items : []
}

/** Every expression in this one, itself first. */
export function* walkExpression(expression: TypedExpression): Generator<TypedExpression> {
  yield expression
  for (const child of childrenOf(expression)) yield* walkExpression(child)
}

/** Whether the value is a literal other than null, so that a comparison with it cannot meet null on this side. */
export function isSolid(expression: TypedExpression): boolean {
  return expression.node === 'literal' && expression.value !== null
}
