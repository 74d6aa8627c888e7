import { type Entity, isObject, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { refuse } from './validate-record.ts'

/**
 * A record by the current names of its fields, lines included, whichever name the client knows.
 * @throws Fault 422 when a field is given by both of its names
 */
export function currentNames(release: Release, entity: Entity, body: JsonObject): JsonObject {
  const renamedLines = linesFields(entity).flatMap((field) => {
    const child = release.entity(String(field.settings.entity))
    return child !== undefined && child.aliases.size > 0 ? [{ field, child }] : []
  })
  if (entity.aliases.size === 0 && renamedLines.length === 0) return body
  const twice = [...entity.aliases].filter(([old, name]) => Object.hasOwn(body, old) && Object.hasOwn(body, name))
  refuse(
    twice.map(([old, name]) => {
      const message = `“${old}” is the old name of “${name}”; send one of them.`
      return { path: `/${old}`, code: 'field.renamed', message }
    }),
  )
  const named = Object.entries(body).map(([name, value]) => [entity.aliases.get(name) ?? name, value] as const)
  const result: JsonObject = Object.fromEntries(named)
  for (const { field, child } of renamedLines) {
    const lines = result[field.name]
    if (!Array.isArray(lines)) continue
    result[field.name] = lines.map((line) => (isObject(line) ? currentNames(release, child, line) : line))
  }
  return result
}
