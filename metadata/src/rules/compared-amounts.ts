import type { ProfileRow } from '../expressions/profile/row.ts'
import { type ProfileKey, profile } from '../expressions/profile.ts'
import { type TypedExpression, walkExpression } from '../expressions/typed-expression.ts'
import { isInRecordCurrency } from '../field-types/computed.ts'
import { valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'

/**
 * Paths of amounts that an expression compares with a number, while each record has a currency of its own. Zero is the
 * same in all of them.
 */
export function comparedAmounts(release: Release, entity: Entity, expression: TypedExpression): string[] {
  const paths = [...walkExpression(expression)].flatMap((node) => {
    if (node.node !== 'call' || !isComparison(node.row)) return []
    const sides = node.args.flatMap((side) => (side.node === 'list' ? side.items : side))
    if (!sides.some(isNumber)) return []
    return sides.map(pathOf).filter((path) => isAmount(release, entity, path))
  })
  return [...new Set(paths.map((path) => path.join('.')))]
}

/** Whether a field of the entity is an amount in the currency of its record, which differs from record to record. */
export function isForeignAmount(entity: Entity, name: string): boolean {
  const field = entity.fields.get(name)
  return field !== undefined && entity.hasCurrency && isInRecordCurrency(valueTypeOf(field), field.settings)
}

function isAmount(release: Release, entity: Entity, [name = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return isForeignAmount(entity, name)
  const target = release.entity(asText(entity.fields.get(name)?.settings.entity) ?? '')
  return target !== undefined && isAmount(release, target, rest)
}

function pathOf(expression: TypedExpression): readonly string[] {
  if (expression.node === 'element') return [...expression.list, ...expression.path]
  return expression.node === 'reference' ? expression.path : []
}

function isNumber(expression: TypedExpression): boolean {
  return expression.node === 'literal' && typeof expression.value === 'number' && expression.value !== 0
}

/** The profile puts what it compares into a form of its own. */
function isComparison(key: ProfileKey): boolean {
  const { parameters }: ProfileRow = profile[key]
  return parameters.some(({ as }) => as === 'compared' || as === 'ordered')
}
