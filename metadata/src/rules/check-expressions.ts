import { type CheckResult, checkExpression } from '../expressions/check-expression.ts'
import { withPosition } from '../expressions/findings.ts'
import { type FeelType, feelTypes, type Scope } from '../expressions/types.ts'
import type { Reporter } from '../findings.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { comparedAmounts } from './compared-amounts.ts'
import { expressionsOf } from './entity-logic.ts'
import { recordScope } from './record-scope.ts'

/** Every FEEL text of an entity: names, types and what the profile refuses, with the position. */
export function checkExpressions(release: Release, entity: Entity, report: Reporter): void {
  const scope = recordScope(release, entity)
  for (const { path, text, expects } of expressionsOf(release, entity)) {
    const result = reportFindings(text, { scope, expects }, path, report)
    if (result.ok) reportAmounts(comparedAmounts(release, entity, result.expression), path, report)
  }
}

/** Amounts that mean something else in each record are a doubt, not a fault: all may have the same currency. */
export function reportAmounts(amounts: readonly string[], path: string, report: Reporter): void {
  for (const amount of amounts) {
    const message = `“${amount}” is in the currency of its record, a number in none; compare “${amount}_base”.`
    report.warning(path, 'currency.compared', message)
  }
}

/** The condition at `path` when there is one: names, types and what the profile refuses, with the position. */
export function checkCondition(text: string | undefined, scope: Scope, path: string, report: Reporter): void {
  if (text !== undefined) reportFindings(text, { scope, expects: [feelTypes.boolean] }, path, report)
}

interface Wanted {
  readonly scope: Scope
  readonly expects: readonly FeelType[]
}

function reportFindings(text: string, { scope, expects }: Wanted, path: string, report: Reporter): CheckResult {
  const result = checkExpression(text, scope, { expects })
  if (result.ok) return result
  for (const finding of result.findings) report.error(path, finding.code, withPosition(finding))
  return result
}
