import {
  aggregationOf,
  type Entity,
  type Release,
  type Rollup,
  rollupsFrom,
  rollupsOf,
  timeZoneOf,
} from '@heddle/metadata'
import { columnOf } from '../../field-types/index.ts'
import { allParents, recomputeSql } from '../../filters/rollup-sql.ts'
import { renderInline } from '../../storage/statement.ts'
import { quoted, type Step, tableName } from './step.ts'

/**
 * The steps that work out roll-ups in records that exist: new and changed ones, those whose formulas or conditions
 * changed, and those that gather from such; each after those it gathers from.
 */
export function planRollups(live: Release, next: Release): Step[] {
  const wrong = new Set(touchedRollups(live, next).filter((rollup) => isChanged(live, next, rollup)))
  // A set goes on to what is added while it is walked through.
  for (const rollup of wrong) for (const above of gatherers(next, rollup)) wrong.add(above)
  return inOrder(next, wrong).flatMap((rollup) => {
    const before = live.entityById(rollup.parent.id)
    // A new table has no records yet.
    return before === undefined ? [] : [fillStep(before, rollup, fillStatement(next, rollup))]
  })
}

/** The roll-ups between entities of which one has changed: only these can mean something else. */
function touchedRollups(live: Release, next: Release): Rollup[] {
  const isSameAround = timeZoneOf(live) === timeZoneOf(next) && hasSameOptions(live, next)
  const isSame = (name: string) => isSameAround && isUntouched(live, next, next.entity(name))
  return next.entityNames.flatMap((name) => {
    const entity = next.entity(name)
    const sources = [...(entity?.fields.values() ?? [])].flatMap((field) => aggregationOf(field)?.from ?? [])
    if (entity === undefined || sources.length === 0 || [name, ...sources].every(isSame)) return []
    return rollupsOf(next, entity)
  })
}

function hasSameOptions(live: Release, next: Release): boolean {
  return [...next.definitions].every(
    ([address, definition]) => definition.kind !== 'option-set' || live.definitions.get(address) === definition,
  )
}

function isUntouched(live: Release, next: Release, entity: Entity | undefined): boolean {
  const before = entity && live.entityById(entity.id)
  if (entity === undefined || before === undefined) return false
  return before.body === entity.body && live.storage.entities[entity.id] === next.storage.entities[entity.id]
}

function isChanged(live: Release, next: Release, rollup: Rollup): boolean {
  const before = live.entityById(rollup.parent.id)
  const known = before && rollupsOf(live, before).find(({ field }) => field.id === rollup.field.id)
  return known === undefined || fillStatement(live, known) !== fillStatement(next, rollup)
}

/** The roll-ups that gather from a roll-up. */
function gatherers(release: Release, { parent, field }: Rollup): Rollup[] {
  return rollupsFrom(release, parent).filter(({ reads }) => reads.has(field.name))
}

/** The roll-ups, each after those of them it gathers from. */
function inOrder(release: Release, rollups: ReadonlySet<Rollup>): Rollup[] {
  const ordered = new Set<Rollup>()
  const visit = (rollup: Rollup): void => {
    if (ordered.has(rollup) || !rollups.has(rollup)) return
    const { child, reads } = rollup
    for (const inner of rollupsOf(release, child)) if (reads.has(inner.field.name)) visit(inner)
    ordered.add(rollup)
  }
  for (const rollup of rollups) visit(rollup)
  return [...ordered]
}

/** What fills the field in all records and gives the ids of those that change; the same text while it means the same. */
export function fillStatement(release: Release, rollup: Rollup): string {
  const group = { ...rollup, rollups: [rollup] }
  return renderInline(recomputeSql(release, group, allParents(group)))
}

function fillStep(before: Entity, { parent, child, field }: Rollup, statement: string): Step {
  const initial = columnOf(field.type)?.initial?.(field) ?? null
  const isKnown = [...before.fields.values()].some(({ column }) => column === field.column)
  const column = `alter table ${tableName(parent.table)} alter column ${quoted(field.column)}`
  return {
    class: 'safe',
    address: `entity/${parent.name}`,
    path: `/properties/${field.name}`,
    text: `Work out “${field.title}” in the records of “${parent.title}”.`,
    sql: [
      ...(isKnown ? [initial === null ? `${column} drop default` : `${column} set default ${initial}`] : []),
      // Whoever writes meanwhile would not know yet that there is something to keep up to date.
      `lock table ${tableName(child.table)} in share row exclusive mode`,
      statement,
    ],
  }
}
