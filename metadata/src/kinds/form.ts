import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText, isObject, type Json, type JsonObject } from '../json.ts'
import { checkCondition } from '../rules/check-expressions.ts'
import { recordScope } from '../rules/record-scope.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** The entity and every placed field must exist, columns of lines on the child, and conditions must fit. */
export function checkForm({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  const entity = requireEntity(release, asText(body.entity) ?? '', '/entity', report)
  if (entity === undefined) return
  const scope = recordScope(release, entity)
  for (const { part, path } of partsOf(body)) checkCondition(asText(part.visible), scope, `${path}/visible`, report)
  for (const { name, place, path } of placesOf(body)) {
    const field = requireField(entity, name, path, report)
    const columns = asObject(place).columns
    if (field === undefined || !isObject(columns)) continue
    const child = release.entity(asText(field.settings.entity) ?? '')
    if (child === undefined) continue
    for (const column of Object.keys(columns)) requireField(child, column, `${path}/columns/${column}`, report)
  }
}

/** The tabs and sections of a form with their pointers, in order. */
function partsOf(body: JsonObject): { part: JsonObject; path: string }[] {
  return Object.entries(asObject(body.tabs)).flatMap(([tab, tabBody]) => {
    const part = asObject(tabBody)
    const path = `/tabs/${tab}`
    const sections = Object.entries(asObject(part.sections)).map(([section, sectionBody]) => ({
      part: asObject(sectionBody),
      path: `${path}/sections/${section}`,
    }))
    return [{ part, path }, ...sections]
  })
}

/** Every placed field of a form with its pointer, in order. */
function placesOf(body: JsonObject): { name: string; place: Json; path: string }[] {
  return partsOf(body).flatMap(({ part, path }) =>
    Object.entries(asObject(part.fields)).map(([name, place]) => ({ name, place, path: `${path}/fields/${name}` })),
  )
}
