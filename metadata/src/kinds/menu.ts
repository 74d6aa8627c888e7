import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText } from '../json.ts'
import { nearest } from '../near.ts'
import type { Release } from '../release/compile-release.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity } from './references.ts'

/** Entities and views of the entries must exist, and a view must list the entry's entity. */
export function checkMenu({ body }: Definition, { release }: CheckContext, report: Reporter): void {
  for (const [id, item] of Object.entries(asObject(body.items))) {
    const entry = asObject(item)
    const entity = requireEntity(release, asText(entry.entity) ?? '', `/items/${id}/entity`, report)
    const name = asText(entry.view)
    const view = name === undefined ? undefined : requireView(release, name, `/items/${id}/view`, report)
    const listed = asText(view?.body.entity)
    if (entity === undefined || listed === undefined || listed === entity.name) continue
    report.error(`/items/${id}/view`, 'menu.view', `The view “${name}” lists “${listed}”, not “${entity.name}”.`)
  }
}

function requireView({ definitions }: Release, name: string, path: string, report: Reporter): Definition | undefined {
  const view = definitions.get(`view/${name}`)
  if (view !== undefined) return view
  const views = [...definitions.values()].filter(({ kind }) => kind === 'view')
  const near = nearest(
    name,
    views.map((other) => other.name),
  )
  report.error(path, 'view.unknown', `There is no view “${name}”${near ? `; did you mean “${near}”?` : '.'}`)
  return undefined
}
