import { isEqual, type JsonObject } from '@heddle/metadata'

/** The names of the values that a patch makes other than they are; an absent value is null. */
export function changedNames(current: JsonObject, patch: JsonObject): string[] {
  return Object.keys(patch).filter((name) => !isEqual(patch[name] ?? null, current[name] ?? null))
}
