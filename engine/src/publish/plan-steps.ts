import { type Entity, numberedFields, type Release } from '@heddle/metadata'
import { createTable, planColumns } from './steps/columns.ts'
import { type Constraint, constraintsOf, planConstraints } from './steps/constraints.ts'
import { planNumbers } from './steps/fill-numbers.ts'
import { planRollups } from './steps/fill-rollups.ts'
import type { Step } from './steps/step.ts'

/** The steps that turn the database of one release into that of the next. Pure. */
export function planSteps(live: Release, next: Release): Step[] {
  const created: Step[] = []
  const columns: Step[] = []
  const constraints: Step[] = []
  for (const name of next.entityNames) {
    const entity = next.entity(name)
    if (entity === undefined) continue
    const before = live.entityById(entity.id)
    if (before !== undefined && before.body === entity.body && !isStorageChanged(live, next, entity.id)) continue
    const stored = live.storage.entities[entity.id]
    if (stored === undefined) created.push(createTable(entity))
    else {
      const nextStored = next.storage.entities[entity.id]
      if (nextStored !== undefined) columns.push(...planColumns(entity, stored, nextStored))
    }
    const asked = constraintsOf(entity, (target) => next.entity(target)?.table)
    const steps = planConstraints(entity, constraintsBefore(live, before), asked, stored === undefined)
    const known = new Set(Object.values(stored?.fields ?? {}).map(({ column }) => column))
    constraints.push(
      ...steps.map((step) => (isOfNumbers(entity, step, known) ? { ...step, failing: undefined } : step)),
    )
  }
  const computed = [...planNumbers(live, next), ...planRollups(live, next)]
  return [...created, ...columns, ...computed, ...constraints, ...hiddenEntities(live, next)]
}

/** True for a step about a column that the plan itself makes and numbers: no row can fail, and none can be asked yet. */
function isOfNumbers(entity: Entity, { path }: Step, known: ReadonlySet<string>): boolean {
  return numberedFields(entity).some(({ field }) => path === `/properties/${field.name}` && !known.has(field.column))
}

function constraintsBefore(live: Release, before: Entity | undefined): Constraint[] {
  return before === undefined ? [] : constraintsOf(before, (target) => live.entity(target)?.table)
}

function isStorageChanged(live: Release, next: Release, id: string): boolean {
  return live.storage.entities[id] !== next.storage.entities[id]
}

function hiddenEntities(live: Release, next: Release): Step[] {
  return live.entityNames.flatMap((name): Step[] => {
    const entity = live.entity(name)
    if (entity === undefined || next.entityById(entity.id) !== undefined) return []
    const address = `entity/${name}`
    return [
      {
        class: 'safe',
        address,
        path: '',
        text: `Hide “${entity.title}”; its records are kept until it is purged.`,
        sql: constraintsBefore(live, entity).map((constraint) => constraint.drop),
      },
    ]
  })
}
