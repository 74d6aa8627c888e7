import { type Entity, isObject, type JsonObject, linesFields, type Release } from '@heddle/metadata'
import { refuse } from './validate-record.ts'

/**
 * A record by the current names of its fields, lines included, whichever name the client knows.
 * @throws Fault 422 when a field is given by both of its names
 */
export function currentNames(release: Release, entity: Entity, body: JsonObject): JsonObject {
  const twice = [...entity.aliases].filter(([old, name]) => Object.hasOwn(body, old) && Object.hasOwn(body, name))
  refuse(
    twice.map(([old, name]) => {
      const message = `“${old}” is the old name of “${name}”; send one of them.`
      return { path: `/${old}`, code: 'field.renamed', message }
    }),
  )
  const named = Object.entries(body).map(([name, value]) => [entity.aliases.get(name) ?? name, value] as const)
  const result: JsonObject = Object.fromEntries(named)
  for (const field of linesFields(entity)) {
    const lines = result[field.name]
    const child = release.entity(String(field.settings.entity))
    if (!Array.isArray(lines) || child === undefined || child.aliases.size === 0) continue
    result[field.name] = lines.map((line) => (isObject(line) ? currentNames(release, child, line) : line))
  }
  return result
}
