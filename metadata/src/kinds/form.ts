import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText, isObject, type Json, type JsonObject } from '../json.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** The entity and every placed field must exist, columns of lines on the child. */
export function checkForm({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  const entity = requireEntity(release, asText(body.entity) ?? '', '/entity', report)
  if (entity === undefined) return
  for (const { name, place, path } of placesOf(body)) {
    const field = requireField(entity, name, path, report)
    const columns = asObject(place).columns
    if (field === undefined || !isObject(columns)) continue
    const child = release.entity(asText(field.settings.entity) ?? '')
    if (child === undefined) continue
    for (const column of Object.keys(columns)) requireField(child, column, `${path}/columns/${column}`, report)
  }
}

/** Every placed field of a form with its pointer, in order. */
function placesOf(body: JsonObject): { name: string; place: Json; path: string }[] {
  return Object.entries(asObject(body.tabs)).flatMap(([tab, tabBody]) =>
    Object.entries(asObject(asObject(tabBody).sections)).flatMap(([section, sectionBody]) =>
      Object.entries(asObject(asObject(sectionBody).fields)).map(([name, place]) => ({
        name,
        place,
        path: `/tabs/${tab}/sections/${section}/fields/${name}`,
      })),
    ),
  )
}
