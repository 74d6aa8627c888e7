import type { Reporter } from '../findings.ts'
import { systemFields } from '../names.ts'
import { nearest } from '../near.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'

/** The entity of that name, or a finding that names the nearest one. */
export function requireEntity(release: Release, name: string, path: string, report: Reporter): Entity | undefined {
  const entity = release.entity(name)
  if (entity !== undefined) return entity
  const near = nearest(name, release.entityNames)
  report.error(path, 'entity.unknown', `There is no entity “${name}”${near ? `; did you mean “${near}”?` : '.'}`)
  return undefined
}

/** The field of that name, or a finding that names the nearest one; system fields and sub-fields (`a.b`) are known. */
export function requireField(entity: Entity, name: string, path: string, report: Reporter): Field | undefined {
  const [first = '', ...rest] = name.split('.')
  const field = entity.fields.get(first)
  const found = rest.length === 0 ? field : field?.fields.get(rest.join('.'))
  if (found === undefined && !isSystemField(name)) {
    const near = nearest(name, [...entity.fields.keys(), ...systemFields])
    report.error(
      path,
      'field.unknown',
      `“${entity.name}” has no field “${name}”${near ? `; did you mean “${near}”?` : '.'}`,
    )
  }
  return found
}

/** True for what every record has. */
export function isSystemField(name: string): boolean {
  return systemFields.some((field) => field === name)
}
