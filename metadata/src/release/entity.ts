import type { FieldSource } from '../field-types/define-field-type.ts'
import type { FieldType } from '../field-types/index.ts'
import type { JsonObject } from '../json.ts'

/** A field of a published entity, resolved and frozen. */
export interface Field extends FieldSource {
  /** The name it was born with; storage keys on it. */
  readonly id: string
  readonly name: string
  readonly title: string
  readonly type: FieldType
  readonly isRequired: boolean
  readonly isUnique: boolean
  /** Settings of the type (`x-field` without `type` and the dynamic rules), those that follow from others included. */
  readonly settings: JsonObject
  /** Pure JSON Schema of a value that is not null. */
  readonly value: JsonObject
  /** Storage column; for types with several columns their prefix. */
  readonly column: string
  /** The dynamic rules as FEEL texts. */
  readonly dynamic: Readonly<Partial<Record<DynamicRule, string>>>
  /** The layer that added it. */
  readonly owner: string
  /** Sub-fields of a group, empty otherwise. */
  readonly fields: ReadonlyMap<string, Field>
}

/** Properties of a field that FEEL decides per record. */
export type DynamicRule = 'visible' | 'required' | 'readOnly' | 'default'
/** All dynamic rules. */
export const dynamicRules = ['visible', 'required', 'readOnly', 'default'] as const satisfies readonly DynamicRule[]

/** A validation rule: violated when `when` holds. */
export interface Rule {
  readonly id: string
  readonly when: string
  readonly error: string
  readonly at: string | undefined
  readonly severity: 'error' | 'warning'
}

/**
 * A published entity, resolved and frozen. Releases share it while its own definition and storage stay, so what is
 * derived from other entities as well belongs to the release, not to it.
 */
export interface Entity {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly owner: string
  /** Table in schema `app`. */
  readonly table: string
  readonly fields: ReadonlyMap<string, Field>
  /** Deprecated field names that still answer: old name to current name. */
  readonly aliases: ReadonlyMap<string, string>
  /**
   * Ids of unique fields that no index guards yet: writes look for the value themselves; and of stored formulas whose
   * column a job still fills: reads work them out.
   */
  readonly pending: ReadonlySet<string>
  /** The field that names a record to people. */
  readonly label: string | undefined
  /** Fields whose text the full-text column holds. */
  readonly search: readonly string[]
  readonly rules: readonly Rule[]
  readonly duplicates: readonly {
    readonly id: string
    readonly match: readonly string[]
    readonly action: 'block' | 'warn'
  }[]
  readonly indexes: readonly { readonly id: string; readonly fields: readonly string[] }[]
  /** The lookup that makes this entity the lines of another, when it has one. */
  readonly master: Field | undefined
  readonly hasCurrency: boolean
  /** Records belong to somebody: neither to nobody, nor as lines to their parent. */
  readonly isOwned: boolean
  readonly body: JsonObject
}
