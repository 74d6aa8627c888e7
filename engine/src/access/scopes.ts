import { asObject, asTexts, type JsonObject } from '@heddle/metadata'

/** The verbs that an API key may use at most, by entity; `*` stands for every entity that is not named. */
export interface Scopes {
  allows(entity: string, verb: string): boolean
  /** Same for the same scopes. */
  readonly key: string
}

/** Scopes as they are stored and written: `{"article": ["read"], "*": []}`. */
export function parseScopes(stored: JsonObject): Scopes {
  const entries = Object.entries(stored).map(([entity, verbs]) => [entity, asTexts(verbs).sort()] as const)
  const allowed = new Map(entries.map(([entity, verbs]) => [entity, new Set(verbs)]))
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    allows: (entity, verb) => (allowed.get(entity) ?? allowed.get('*'))?.has(verb) ?? false,
    key: JSON.stringify(sorted),
  }
}

/** Scopes from the database's JSON; undefined where there is no limit. */
export function readScopes(text: string | null): Scopes | undefined {
  return text === null ? undefined : parseScopes(asObject(JSON.parse(text)))
}
