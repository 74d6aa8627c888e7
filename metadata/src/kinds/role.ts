import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject } from '../json.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** Entities and fields that rights name must exist. */
export function checkRole({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  for (const [name, rights] of Object.entries(asObject(body.entities))) {
    if (name === '*') continue
    const entity = requireEntity(release, name, `/entities/${name}`, report)
    if (entity === undefined) continue
    for (const field of Object.keys(asObject(asObject(rights).fields))) {
      requireField(entity, field, `/entities/${name}/fields/${field}`, report)
    }
  }
}
