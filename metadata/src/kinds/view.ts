import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText } from '../json.ts'
import { checkCondition } from '../rules/check-expressions.ts'
import { queryScope } from '../rules/record-scope.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** The entity and every column, sort and group field must exist, and the condition must fit. */
export function checkView({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  const entity = requireEntity(release, asText(body.entity) ?? '', '/entity', report)
  if (entity === undefined) return
  for (const list of ['columns', 'sort']) {
    for (const name of Object.keys(asObject(body[list]))) requireField(entity, name, `/${list}/${name}`, report)
  }
  const group = asText(body.group)
  if (group !== undefined) requireField(entity, group, '/group', report)
  checkCondition(asText(body.where), queryScope(release, entity), '/where', report)
}
