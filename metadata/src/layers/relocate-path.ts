import { asObject, type JsonObject } from '../json.ts'
import { fieldIdOf } from '../release/identity.ts'

/**
 * Where a place of an entity's keyed body is in a version whose fields go by other names: fields are followed by
 * identity, also inside groups and in the sets that name them.
 */
export function relocatePath(path: readonly string[], before: JsonObject, after: JsonObject): string[] {
  const at = fieldPositions.find((prefix) => prefix.every((segment, index) => path[index] === segment))
  const name = path[at?.length ?? 0]
  if (at === undefined || name === undefined) return [...path]
  const renamed = currentName(name, asObject(before.properties), asObject(after.properties))
  const rest = path.slice(at.length + 1)
  if (at !== properties) return [...at, renamed, ...rest]
  const [group, other] = [asObject(before.properties)[name], asObject(after.properties)[renamed]]
  return [...at, renamed, ...relocatePath(rest, asObject(group), asObject(other))]
}

const properties: readonly string[] = ['properties']

/** What stands before a field's name, at the root of an entity or of a group. */
const fieldPositions: readonly (readonly string[])[] = [properties, ['required'], ['x-entity', 'search']]

function currentName(name: string, before: JsonObject, after: JsonObject): string {
  if (!Object.hasOwn(before, name)) return name
  const id = fieldIdOf(name, asObject(before[name]))
  return Object.keys(after).find((other) => fieldIdOf(other, asObject(after[other])) === id) ?? name
}
