import { checkExpression } from '../expressions/check-expression.ts'
import type { TypedExpression } from '../expressions/typed-expression.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { recordScope } from './record-scope.ts'

const memory: KeyedMemory<TypedExpression | undefined> = new WeakMap()

/** The checked expression of a formula; undefined when there is none or it does not fit, which a release holds none of. */
export function formulaOf(release: Release, entity: Entity, field: Field): TypedExpression | undefined {
  return rememberBy(memory, release, `${entity.name}.${field.name}`, () => {
    const checked = checkExpression(asText(field.settings.expression) ?? '', recordScope(release, entity))
    return checked.ok ? checked.expression : undefined
  })
}
