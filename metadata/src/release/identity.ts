import { asText, type JsonObject } from '../json.ts'

/** The x-id of an entity's definition. */
export function entityIdOf(definition: { readonly name: string; readonly body: JsonObject }): string {
  return asText(definition.body['x-id']) ?? definition.name
}

/** The x-id of a field: the name it was born with. */
export function fieldIdOf(name: string, property: JsonObject): string {
  return asText(property['x-id']) ?? name
}
