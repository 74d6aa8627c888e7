import { type CheckResult, checkExpression } from '../expressions/check-expression.ts'
import { withPosition } from '../expressions/findings.ts'
import type { FeelType } from '../expressions/types.ts'
import type { AggregateFunction, Aggregation } from '../field-types/define-field-type.ts'
import type { Reporter } from '../findings.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { reportAmounts } from '../rules/check-expressions.ts'
import { comparedAmounts, isForeignAmount } from '../rules/compared-amounts.ts'
import { findCycle } from '../rules/find-cycle.ts'
import { ownReads } from '../rules/own-reads.ts'
import { fieldScope, fieldType } from '../rules/record-scope.ts'
import { aggregationOf, checkRollupWhere, pointsTo } from '../rules/rollups.ts'
import { isSystemField, requireField } from './references.ts'

/** The roll-ups of an entity: lookup, field and condition of the other entity, what cannot be kept up to date, circles. */
export function checkRollups(release: Release, entity: Entity, report: Reporter): void {
  for (const field of entity.fields.values()) {
    const aggregation = aggregationOf(field)
    const child = aggregation === undefined ? undefined : release.entity(aggregation.from)
    if (aggregation === undefined || aggregation.by === '' || child === undefined) continue
    const checking = { release, entity, field, child, at: `/properties/${field.name}/x-field`, report }
    checkLookup(checking, aggregation)
    checkValue(checking, aggregation)
    checkWhere(checking, aggregation)
    checkCap(checking, aggregation)
    checkCircle(checking)
  }
}

interface Checking {
  readonly release: Release
  readonly entity: Entity
  readonly field: Field
  readonly child: Entity
  /** The pointer of the field's settings. */
  readonly at: string
  readonly report: Reporter
}

function checkLookup({ release, entity, child, at, report }: Checking, { by }: Aggregation): void {
  const field = requireField(child, by, `${at}/by`, report)
  if (field === undefined && !isSystemField(by)) return
  if (field !== undefined && pointsTo(release, field, entity)) return
  const lookups = [...child.fields.values()].filter((each) => pointsTo(release, each, entity)).map(({ name }) => name)
  const known = lookups.length > 0 ? `; it has “${lookups.join('”, “')}”.` : ', and it has none; add one first.'
  report.error(`${at}/by`, 'rollup.by', `“${child.name}.${by}” must be a lookup to “${entity.name}”${known}`)
}

/** What an aggregate can be made of. */
const aggregated: { readonly [K in AggregateFunction]: readonly FeelType['kind'][] } = {
  count: [],
  sum: ['number'],
  avg: ['number'],
  min: ['number', 'date', 'datetime', 'time', 'text'],
  max: ['number', 'date', 'datetime', 'time', 'text'],
}

function checkValue(checking: Checking, { field: name, function: how }: Aggregation): void {
  const { release, field, child, report } = checking
  if (name === undefined) return
  const at = `${checking.at}/${how}`
  if (requireField(child, name, at, report) === undefined && !isSystemField(name)) return
  const checked = checkExpression(name, fieldScope(release, child))
  const type = checked.ok ? checked.type.kind : undefined
  if (type === undefined || !aggregated[how].includes(type)) {
    report.error(at, 'rollup.type', `“${child.name}.${name}” has no ${how}: it must be ${aggregated[how].join(', ')}.`)
    return
  }
  reportReach(checking, at, checked)
  if (!checking.entity.hasCurrency && isForeignAmount(child, name)) {
    const message = `“${child.name}.${name}” is in the currency of each record; a ${how} of several means nothing, take “${name}_base”.`
    report.warning(at, 'currency.gathered', message)
  }
  const returned = fieldType(release, field)?.kind
  if (returned === type) return
  const message = `The ${how} of “${child.name}.${name}” is of type ${type}, which this field does not return.`
  report.error(`${checking.at}/returns`, 'rollup.returns', `${message} Name it, e.g. "returns": "${type}".`)
}

function checkWhere(checking: Checking, { where }: Aggregation): void {
  if (where === undefined) return
  const at = `${checking.at}/where`
  const checked = checkRollupWhere(checking.release, checking.child, where)
  if (checked.ok) {
    reportReach(checking, at, checked)
    reportAmounts(comparedAmounts(checking.release, checking.child, checked.expression), at, checking.report)
    return
  }
  for (const finding of checked.findings) checking.report.error(at, finding.code, withPosition(finding))
}

/** What records can be told apart by. */
const capped: readonly FeelType['kind'][] = ['text', 'option', 'id', 'number', 'boolean', 'date', 'datetime', 'time']

function checkCap(checking: Checking, { cap }: Aggregation): void {
  const { release, child, report } = checking
  if (cap === undefined) return
  const at = `${checking.at}/per`
  if (requireField(child, cap.per, at, report) === undefined && !isSystemField(cap.per)) return
  const checked = checkExpression(cap.per, fieldScope(release, child))
  if (checked.ok && capped.includes(checked.type.kind)) reportReach(checking, at, checked)
  else report.error(at, 'rollup.type', `“${child.name}.${cap.per}” does not tell shares apart: take one plain value.`)
}

/** A value is kept up to date by the writes of the child alone: nothing else may change it. */
function reportReach({ release, child, report }: Checking, at: string, checked: CheckResult): void {
  const beyond = checked.ok ? ownReads(release, child, checked.expression).beyond : undefined
  if (beyond === 'others') {
    const message = `This reads other records than those of “${child.name}”, directly or in a formula`
    report.error(
      at,
      'rollup.reach',
      `${message}; a roll-up takes only their own fields. Make the formula stored, or copy the value into a field of theirs.`,
    )
  }
  if (beyond === 'time') {
    const message = 'This depends on the current time, directly or in a formula'
    report.error(
      at,
      'rollup.time',
      `${message}; a roll-up changes only when a record does. Filter a list or report instead.`,
    )
  }
}

function checkCircle({ release, entity, field, at, report }: Checking): void {
  const cycle = findCycle(release, entity, field)
  if (cycle === undefined) return
  const message = `“${entity.name}.${field.name}” gathers itself: ${cycle.join(' → ')}. Break the circle.`
  report.error(at, 'rollup.circle', message)
}
