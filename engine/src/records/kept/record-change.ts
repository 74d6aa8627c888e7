import type { Entity } from '@heddle/metadata'

/** Records of one entity that a write changed. */
export interface RecordChange {
  readonly entity: Entity
  readonly ids: readonly string[]
  /** Names of the changed fields, system ones included; undefined when the records came or went. */
  readonly fields: ReadonlySet<string> | undefined
  /** The records that changed lookups pointed to before, by the lookup's name. */
  readonly left: ReadonlyMap<string, readonly string[]>
  /** Names of the records' stored formulas that were worked out along with the change. */
  readonly done?: ReadonlySet<string>
}
