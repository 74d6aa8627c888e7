import { inexactScale } from './decimal.ts'
import type { ArgumentForm } from './profile/row.ts'
import type { TypedExpression } from './typed-expression.ts'
import { type FeelType, scaleOf } from './types.ts'

/**
 * Decimal places to which an argument is rounded before a row sees it; undefined when it is exact already. Compared with
 * a field, a worked out number is rounded to the field's scale, so that `price * quantity = total` can be true.
 */
export function settledScale(
  argument: TypedExpression,
  form: ArgumentForm | undefined,
  others: readonly TypedExpression[],
): number | undefined {
  if (form === undefined || argument.node !== 'call' || argument.type.kind !== 'number') return undefined
  const own = argument.type.scale ?? inexactScale
  if (form === 'settled') return own
  const fields = others
    .flatMap(spread)
    .map(fieldScale)
    .filter((scale) => scale !== undefined)
  return fields.length === 0 ? own : Math.min(own, Math.max(...fields))
}

function spread(expression: TypedExpression): readonly TypedExpression[] {
  return expression.node === 'list' ? expression.items : [expression]
}

function fieldScale(expression: TypedExpression): number | undefined {
  const isField = expression.node === 'reference' || expression.node === 'element'
  const isColumn = expression.node === 'call' && expression.row === 'project'
  return isField || isColumn ? scaleOf(elementOf(expression.type)) : undefined
}

function elementOf(type: FeelType): FeelType {
  return type.kind === 'list' ? type.of : type
}
