import {
  checkExpression,
  type Entity,
  type ExpressionFinding,
  type FilterFinding,
  feelTypes,
  formatFilter,
  type JsonObject,
  type Release,
  type TypedExpression,
  withPosition,
} from '@heddle/metadata'
import type { Grant } from '../access/grant.ts'
import { readableScope } from '../access/readable-scope.ts'
import type { Reader } from '../access/reader.ts'
import { type FieldError, invalidWhere, malformedWhere } from '../errors.ts'
import { compileWhere } from '../filters/compile-sql.ts'
import { recordResolver } from '../filters/record-resolver.ts'
import { boundSize } from '../storage/bound-size.ts'
import type { Condition } from '../storage/condition.ts'
import { liftValues } from '../storage/lift-values.ts'
import { Lru } from '../storage/lru.ts'
import { renderStatement } from '../storage/statement.ts'
import { ownPlaceOf } from './surroundings.ts'

/** A condition from outside: FEEL text, or the tree of a filter builder. */
export type Where = string | JsonObject

const capacity = 500
const memory = new WeakMap<Release, Lru<string, Condition>>()

/**
 * A reader's own condition on the alias `t`; its values are bound, so the same question about others has the same shape.
 * @throws Fault 400 when it is no condition, 422 when it names or compares what cannot be
 */
export function planWhere(reader: Reader, entity: Entity, grant: Grant, where: Where): Condition {
  const { release } = reader
  const known = memory.get(release) ?? new Lru<string, Condition>(capacity)
  memory.set(release, known)
  const key = JSON.stringify([entity.name, grant.key, where])
  const condition = known.get(key) ?? compileCondition(reader, entity, where)
  known.set(key, condition)
  return condition
}

function compileCondition(reader: Reader, entity: Entity, where: Where): Condition {
  const place = ownPlaceOf(reader, entity, 't')
  const expression = checkWhere(reader, entity, where)
  const lifted = liftValues(boundSize(compileWhere(expression, recordResolver(place), place.clock)), 'where')
  // The text alone is not the shape: today and a written day stand in the same text at places of other names.
  return { shape: JSON.stringify(renderStatement(lifted.sql)), ...lifted }
}

function checkWhere(reader: Reader, entity: Entity, where: Where): TypedExpression {
  const scope = readableScope(reader, entity)
  if (typeof where === 'string') {
    const checked = checkExpression(where, scope, { expects: feelTypes.boolean })
    if (checked.ok) return checked.expression
    throw refused(checked.findings.map(textError))
  }
  const formatted = formatFilter(where, scope)
  if (formatted.ok) return formatted.expression
  throw refused(formatted.findings.map(treeError))
}

function textError(finding: ExpressionFinding): FieldError {
  const { code, from, to, near } = finding
  return { path: '/where', code, message: withPosition(finding), from, to, ...nearBy(near) }
}

function treeError({ path, code, message, near }: FilterFinding): FieldError {
  return { path: `/where${path}`, code, message, ...nearBy(near) }
}

function nearBy(near: string | undefined): { readonly near?: string } {
  return near === undefined ? {} : { near }
}

const malformed: ReadonlySet<string> = new Set([
  'expression.empty',
  'expression.too-long',
  'expression.too-deep',
  'expression.syntax',
  'expression.unclosed-text',
  'filter.malformed',
  'filter.empty',
  'filter.too-large',
])

function refused(errors: readonly FieldError[]) {
  return errors.some(({ code }) => malformed.has(code)) ? malformedWhere(errors) : invalidWhere(errors)
}
