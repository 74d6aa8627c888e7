import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText } from '../json.ts'
import { nearest } from '../near.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity } from './references.ts'

/** Entities and views of the entries must exist. */
export function checkMenu({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  for (const [id, entry] of Object.entries(asObject(body.items))) {
    requireEntity(release, asText(asObject(entry).entity) ?? '', `/items/${id}/entity`, report)
    const view = asText(asObject(entry).view)
    if (view === undefined || release.definitions.has(`view/${view}`)) continue
    const views = [...release.definitions.values()].filter((definition) => definition.kind === 'view')
    const near = nearest(
      view,
      views.map((definition) => definition.name),
    )
    report.error(
      `/items/${id}/view`,
      'view.unknown',
      `There is no view “${view}”${near ? `; did you mean “${near}”?` : '.'}`,
    )
  }
}
