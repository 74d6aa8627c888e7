import { checkExpression } from '../expressions/check-expression.ts'
import type { TypedExpression } from '../expressions/typed-expression.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { recordScope } from './record-scope.ts'

const memory = new WeakMap<Release, Map<string, TypedExpression | undefined>>()

/** The checked expression of a formula; undefined when there is none or it does not fit, which a release holds none of. */
export function formulaOf(release: Release, entity: Entity, field: Field): TypedExpression | undefined {
  const known = memory.get(release) ?? new Map<string, TypedExpression | undefined>()
  memory.set(release, known)
  const key = `${entity.name}.${field.name}`
  if (!known.has(key)) {
    const checked = checkExpression(asText(field.settings.expression) ?? '', recordScope(release, entity))
    known.set(key, checked.ok ? checked.expression : undefined)
  }
  return known.get(key)
}
