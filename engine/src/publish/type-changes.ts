import { asObject, asText, type Entity, type Field, type Finding, type Release } from '@heddle/metadata'
import { castFrom } from '../field-types/casts.ts'
import { columnOf, isDerived } from '../field-types/index.ts'
import type { CastableChange, TypeChange } from './steps/type-change.ts'

/** The type changes of a plan, by entity id and field id. */
export type TypeChanges = ReadonlyMap<string, ReadonlyMap<string, CastableChange>>

/** The fields that change what their column holds, and a finding for each that cannot. */
export function planTypeChanges(live: Release, next: Release): { changes: TypeChanges; findings: Finding[] } {
  const timeZone = timeZoneOf(next)
  const changes = new Map<string, Map<string, CastableChange>>()
  const findings: Finding[] = []
  for (const name of next.entityNames) {
    const entity = next.entity(name)
    const before = entity === undefined ? undefined : live.entityById(entity.id)
    if (entity === undefined || before === entity) continue
    findings.push(...changedWhileHidden(live, before, entity))
    if (before === undefined) continue
    for (const change of changesOf(before, entity, timeZone)) {
      const cast = castFrom(`"${change.from.column}"`, change)
      if (cast === undefined) findings.push(impossible(entity, change))
      else changes.set(entity.id, (changes.get(entity.id) ?? new Map()).set(change.to.id, { ...change, cast }))
    }
  }
  return { changes, findings }
}

/** The company's time zone. */
export function timeZoneOf(release: Release): string {
  return asText(asObject(release.definitions.get('settings/site')?.body).timezone) ?? 'Asia/Shanghai'
}

function changesOf(before: Entity, after: Entity, timeZone: string): TypeChange[] {
  const known = new Map([...before.fields.values()].map((field) => [field.id, field]))
  return [...after.fields.values()].flatMap((to) => {
    const from = known.get(to.id)
    return from === undefined || isStoredAlike(from, to) ? [] : [{ from, to, timeZone }]
  })
}

/** One of them having no column, or one to be worked out anew, nothing can be kept and nothing has to be. */
function isStoredAlike(from: Field, to: Field): boolean {
  if (isDerived(from.type) || isDerived(to.type)) return true
  const [old, wanted] = [columnOf(from)?.sqlType(from), columnOf(to)?.sqlType(to)]
  if (old === undefined || wanted === undefined) return true
  return from.type === to.type && old === wanted
}

/** Fields that come back as something else than what their values are. How those were written nobody knows any more. */
function changedWhileHidden(live: Release, before: Entity | undefined, after: Entity): Finding[] {
  const stored = live.storage.entities[after.id]?.fields ?? {}
  const shown = new Set([...(before?.fields.values() ?? [])].map(({ id }) => id))
  return [...after.fields.values()].flatMap((to): Finding[] => {
    const known = shown.has(to.id) ? undefined : stored[to.id]
    if (known === undefined || isDerived(known.type) || isDerived(to.type)) return []
    if (known.type === to.type && known.columnType === (columnOf(to)?.sqlType(to) ?? '')) return []
    return [
      {
        severity: 'error',
        address: `entity/${after.name}`,
        path: `/properties/${to.name}/x-field/type`,
        code: 'field.type.hidden',
        message: `The hidden values of “${to.title}” are ${known.type}; they cannot come back as ${to.type} at once.`,
        hint: `Bring “${to.name}” back as ${known.type} and change its type then, or purge its values first.`,
      },
    ]
  })
}

function impossible(entity: Entity, { from, to }: TypeChange): Finding {
  return {
    severity: 'error',
    address: `entity/${entity.name}`,
    path: `/properties/${to.name}/x-field/type`,
    code: 'field.type.impossible',
    message: `Values of “${to.title}” cannot go from ${from.type} to ${to.type}.`,
    hint: `Remove “${to.name}”, which hides its values, and add a field of another name.`,
  }
}
