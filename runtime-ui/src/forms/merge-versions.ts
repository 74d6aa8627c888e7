import { asObject, type Entity, type Field, type JsonObject } from '@heddle/metadata'
import { changedFields } from './changes.ts'

/** Two people's changes to one record, put together. */
export interface Merged {
  /** Their version with the changes that only this person made. */
  readonly values: JsonObject
  /** Fields that both changed to different values; `values` has theirs. */
  readonly conflicts: readonly Field[]
}

/** Puts `mine` on top of `theirs`, both made from `base`. */
export function mergeVersions(
  entity: Entity,
  base: JsonObject,
  { mine, theirs }: { readonly mine: JsonObject; readonly theirs: JsonObject },
): Merged {
  const values: JsonObject = { ...theirs, _related: { ...asObject(theirs._related), ...asObject(mine._related) } }
  const changedByThem = new Set(changedFields(entity, base, theirs))
  const conflicts: Field[] = []
  for (const field of changedFields(entity, base, mine)) {
    const isSame = changedFields(entity, mine, theirs).every((other) => other !== field)
    if (isSame) continue
    if (changedByThem.has(field)) conflicts.push(field)
    else values[field.name] = mine[field.name] ?? null
  }
  return { values, conflicts }
}

/** The merged values with this person's side of the chosen conflicts. */
export function settleConflicts(
  merged: Merged,
  mine: JsonObject,
  choices: { readonly [field: string]: 'mine' | 'theirs' },
): JsonObject {
  const values = { ...merged.values }
  for (const { name } of merged.conflicts) if (choices[name] === 'mine') values[name] = mine[name] ?? null
  return values
}
