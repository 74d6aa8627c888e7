import { checkExpression } from '../expressions/check-expression.ts'
import { withPosition } from '../expressions/findings.ts'
import type { Reporter } from '../findings.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { expressionsOf } from './entity-logic.ts'
import { orderFormulas } from './formula-order.ts'
import { recordScope } from './record-scope.ts'

/** Every FEEL text of an entity: names, types and what the profile refuses, with the position; cyclic formulas. */
export function checkExpressions(release: Release, entity: Entity, report: Reporter): void {
  const scope = recordScope(release, entity)
  const reads = new Map<string, readonly (readonly string[])[]>()
  for (const { path, text, expects } of expressionsOf(release, entity)) {
    const result = checkExpression(text, scope, expects === undefined ? {} : { expects })
    if (result.ok) reads.set(path, result.references)
    else {
      for (const finding of result.findings) report.error(path, finding.code, withPosition(finding))
    }
  }
  const formulas = [...entity.fields.values()].flatMap((field) => {
    const references = reads.get(`/properties/${field.name}/x-field/expression`)
    return asText(field.settings.expression) === undefined || references === undefined
      ? []
      : [{ field, reads: references }]
  })
  for (const { field } of orderFormulas(formulas).cyclic) {
    report.error(
      `/properties/${field.name}/x-field/expression`,
      'formula.cycle',
      `“${field.name}” reads itself, directly or through other formulas; break the circle.`,
    )
  }
}
