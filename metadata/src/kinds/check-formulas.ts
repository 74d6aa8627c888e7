import type { Reporter } from '../findings.ts'
import { asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { isStored } from '../rules/computed-fields.ts'
import { findCycle } from '../rules/find-cycle.ts'
import { formulaOf } from '../rules/formula-of.ts'
import { type Hop, readsOf, type Surrounding } from '../rules/reads.ts'

/** The formulas of an entity: circles, and what a stored one cannot be kept up to date with. */
export function checkFormulas(release: Release, entity: Entity, report: Reporter): void {
  for (const field of entity.fields.values()) {
    if (asText(field.settings.expression) === undefined) continue
    const at = `/properties/${field.name}/x-field/expression`
    const cycle = findCycle(release, entity, field)
    if (cycle !== undefined) {
      const message = `“${field.name}” reads itself: ${cycle.join(' → ')}. Break the circle; a formula cannot follow a hierarchy of records either.`
      report.error(at, 'formula.cycle', message)
    } else if (isStored(field)) checkStored(release, entity, field, (code, message) => report.error(at, code, message))
  }
}

/** Why a value that changes only with records cannot depend on each of these. */
const obstacles: { readonly [K in Surrounding]: string } = {
  time: 'the current time, which changes without any record',
  user: 'the person who asks (“user”), but one value is stored for all',
  old: 'the record before a change (“old”), which is gone when the value is worked out again',
  links: 'links to many records, which come and go without a change of this one',
}

function checkStored(
  release: Release,
  entity: Entity,
  field: Field,
  refuse: (code: string, message: string) => void,
): void {
  const formula = formulaOf(release, entity, field)
  if (formula === undefined) return
  const { places, around } = readsOf(release, entity, formula)
  for (const [what, reader] of around) {
    const through = reader === undefined ? '' : ` through “${reader}”`
    const remedy = 'Leave “stored” out, or read something else.'
    refuse(`formula.stored.${what}`, `The stored “${field.name}” depends${through} on ${obstacles[what]}. ${remedy}`)
  }
  const far = places.flatMap(({ hops }) => hops.slice(1).find(isInverse) ?? [])[0]
  if (far === undefined) return
  const message = `The stored “${field.name}” reads the lines of another record, a “${far.from.name}”.`
  const remedy = 'Make what reads them there a roll-up or a stored formula, too.'
  refuse('formula.stored.lines', `${message} ${remedy}`)
}

function isInverse({ kind }: Hop): boolean {
  return kind === 'inverse'
}
