import type { Entity, KeptField, Release } from '@heddle/metadata'
import { columnOf } from '../../field-types/index.ts'
import { objectName } from '../../storage/object-names.ts'
import { changedKept, fillStatement } from '../changed-kept.ts'
import { quoted, type Step, tableName } from './step.ts'

/** The steps that work out kept fields in records that exist; those that are pending in the next release are left to jobs. */
export function planKept(live: Release, next: Release): Step[] {
  return changedKept(live, next).map((kept) => {
    const { entity, field } = kept
    if (entity.pending.has(field.id)) return leaveStep(kept)
    const before = [...(live.entityById(entity.id)?.fields.values() ?? [])]
    const isKnown = before.some(({ column }) => column === field.column)
    return fillStep(kept, [...(isKnown ? initialOf(kept) : []), ...lockSources(kept), fillStatement(next, kept)])
  })
}

/** The statements that bring lost values of a kept field back into its column. */
export function refillStatements(release: Release, kept: KeptField): string[] {
  return [...initialOf(kept), fillStatement(release, kept)]
}

function fillStep(kept: KeptField, statements: readonly string[]): Step {
  const { entity, field } = kept
  const text = `Work out “${field.title}” in the records of “${entity.title}”.`
  return { ...placeOf(kept), text, sql: statements, cancels: [fillName(entity, field.column)] }
}

/** What a new record begins with; formulas are worked out for it. */
function initialOf({ entity, field, rollup }: KeptField): string[] {
  if (rollup === undefined) return []
  const initial = columnOf(field)?.initial?.(field) ?? null
  const column = `alter table ${tableName(entity.table)} alter column ${quoted(field.column)}`
  return [initial === null ? `${column} drop default` : `${column} set default ${initial}`]
}

function leaveStep(kept: KeptField): Step {
  const { entity, field } = kept
  return {
    ...placeOf(kept),
    text: `Work out “${field.title}” in the records of “${entity.title}” in a job; until then at each reading.`,
    sql: lockSources(kept),
    deferred: { kind: 'fill', name: fillName(entity, field.column), detail: { entity: entity.id, field: field.id } },
  }
}

/** The name of the job that fills a stored formula's column. */
export function fillName(entity: Pick<Entity, 'id'>, column: string): string {
  return objectName('fill', entity.id, column)
}

function placeOf({ entity, field }: KeptField) {
  return { class: 'safe', address: `entity/${entity.name}`, path: `/properties/${field.name}` } as const
}

/** Whoever writes meanwhile would not know yet that there is something to keep up to date. */
function lockSources({ entity, places }: KeptField): string[] {
  const tables = places.map(({ hops }) => (hops.at(-1)?.to ?? entity).table)
  return [...new Set(tables)].sort().map((table) => `lock table ${tableName(table)} in share row exclusive mode`)
}
