import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText, escapePointer } from '../json.ts'
import { checkCondition } from '../rules/check-expressions.ts'
import { queryScope } from '../rules/record-scope.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** Entities and fields that rights name must exist, and row rules must fit; one for every entity knows what all have. */
export function checkRole({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  for (const [name, rights] of Object.entries(asObject(body.entities))) {
    const at = `/entities/${escapePointer(name)}`
    const entity = name === '*' ? undefined : requireEntity(release, name, at, report)
    if (entity === undefined && name !== '*') continue
    checkCondition(asText(asObject(rights).rowRule), queryScope(release, entity), `${at}/rowRule`, report)
    if (entity === undefined) continue
    for (const field of Object.keys(asObject(asObject(rights).fields))) {
      requireField(entity, field, `${at}/fields/${field}`, report)
    }
  }
}
