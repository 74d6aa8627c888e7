import type { Entity, Release } from '@heddle/metadata'
import { createTable, planColumns } from './steps/columns.ts'
import { type Constraint, constraintsOf, planConstraints } from './steps/constraints.ts'
import { planLinks } from './steps/links.ts'
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
    constraints.push(...planLinks(live, next, entity))
    constraints.push(...planConstraints(entity, constraintsBefore(live, before), asked, stored === undefined))
  }
  return [...created, ...columns, ...constraints, ...hiddenEntities(live, next)]
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
