import { asObject, type Field, type Json, type JsonObject } from '@heddle/metadata'

/** A line with another value of a field; `related` is what `_related` says of it, as before when absent. */
export function withValue(line: JsonObject, { name }: Field, value: Json, related?: Json): JsonObject {
  const changed: JsonObject = { ...line, [name]: value }
  return related === undefined ? changed : { ...changed, _related: { ...asObject(line._related), [name]: related } }
}
