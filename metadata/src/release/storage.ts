import type { FieldType } from '../field-types/index.ts'
import type { JsonObject } from '../json.ts'

/** Where one field's data is. `hidden` fields keep their column without being part of the entity. */
export interface FieldStorage {
  readonly column: string
  readonly type: FieldType
  /** Type of the column in the database: some types' follows from the settings. Empty for fields without a column. */
  readonly columnType: string
  readonly hidden?: boolean
}

/** A change of type that waits for its values: until then the field is what it was. */
export interface HeldField {
  /** The property as it stays meanwhile. */
  readonly property: JsonObject
  /** Where the converted values gather, and what they are. */
  readonly next: FieldStorage
}

/** Where one entity's data is. */
export interface EntityStorage {
  readonly table: string
  readonly hidden?: boolean
  readonly fields: { readonly [fieldId: string]: FieldStorage }
  /** Deprecated field names that answer for one release: old name to current name. */
  readonly aliases?: { readonly [oldName: string]: string }
  /** Fields whose change of type is under way, by id. */
  readonly held?: { readonly [fieldId: string]: HeldField }
  /** Ids of fields whose uniqueness no index guards yet, and of stored formulas whose column is not filled yet. */
  readonly pending?: readonly string[]
  /** Columns that a change of type left behind; they stay until they are purged. */
  readonly retired?: { readonly [column: string]: string }
}

/** What a release remembers of the database, by entity and field id; chosen by the engine, never authored. */
export interface Storage {
  readonly entities: { readonly [entityId: string]: EntityStorage }
  /** Deprecated entity names that answer for one release: old name to current name. */
  readonly aliases: { readonly [oldName: string]: string }
}

/** The storage of an empty database. */
export const emptyStorage: Storage = { entities: {}, aliases: {} }
