import { checkExpression } from '../expressions/check-expression.ts'
import { withPosition } from '../expressions/findings.ts'
import type { Reporter } from '../findings.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { expressionsOf } from './entity-logic.ts'
import { recordScope } from './record-scope.ts'

/** Every FEEL text of an entity: names, types and what the profile refuses, with the position. */
export function checkExpressions(release: Release, entity: Entity, report: Reporter): void {
  const scope = recordScope(release, entity)
  for (const { path, text, expects } of expressionsOf(release, entity)) {
    const result = checkExpression(text, scope, { expects })
    if (result.ok) continue
    for (const finding of result.findings) report.error(path, finding.code, withPosition(finding))
  }
}
