import type { JsonObject } from './json.ts'

/** One metadata document. */
export interface Definition {
  readonly kind: string
  readonly name: string
  readonly body: JsonObject
}

/** `kind/name`, e.g. `entity/article`. */
export type Address = string

/** The address of a definition. */
export function addressOf(definition: { readonly kind: string; readonly name: string }): Address {
  return `${definition.kind}/${definition.name}`
}

/** Kind and name of an address; undefined when it is not one. */
export function parseAddress(address: string): { kind: string; name: string } | undefined {
  const slash = address.indexOf('/')
  if (slash <= 0 || slash === address.length - 1) return undefined
  return { kind: address.slice(0, slash), name: address.slice(slash + 1) }
}
