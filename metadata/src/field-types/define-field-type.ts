import type { Json, JsonObject } from '../json.ts'
import type { Operator } from './operators.ts'

/** A JSON Schema (2020-12) as data. */
export type JsonSchema = JsonObject

/** What a field's values are to FEEL; `none` cannot stand in an expression. */
export type FeelKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'option'
  | 'texts'
  | 'reference'
  | 'records'
  | 'group'
  | 'address'
  | 'none'

/**
 * How values of the type come to be: `written` by clients into a column, `computed` by the engine, `children` rows of
 * another entity, or `links`: ids that clients write into a link table.
 */
export type Source = 'written' | 'computed' | 'children' | 'links'

/** One option as people see it. */
export interface Choice {
  readonly title: string
  /** Key of the option above it in a tree. */
  readonly parent?: string
}

/** The field as its author wrote it: JSON Schema keywords and the settings in `x-field`. */
export interface FieldSource {
  /** The authored property. */
  readonly source: JsonObject
  readonly settings: JsonObject
  /** Keys of the options when the type has them, in order. */
  readonly options: readonly string[]
  /** The same options with their titles and parents. */
  readonly choices: ReadonlyMap<string, Choice>
}

/** One place where a value or a definition is wrong; `path` is a JSON Pointer inside it. */
export interface ValueFault {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** What the text of some values depends on besides the field. */
export interface TextContext {
  /** IANA name of the company's time zone: the one of date-times without an offset. */
  readonly timeZone: string
}

/** A value read from text, or why the text cannot be read. */
export type Parsed =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** The authored `x-field` of a field of some entity, for types that take over what another field is. */
export type SettingsOf = (entity: string, field: string) => JsonObject

/** What a roll-up gathers from the records that point to its own. */
export interface Aggregation {
  /** Name of the entity of those records. */
  readonly from: string
  /** Name of their lookup. */
  readonly by: string
  readonly function: AggregateFunction
  /** Name of the aggregated field; undefined for a count. */
  readonly field: string | undefined
  /** FEEL over one of those records: only those for which it holds count. */
  readonly where: string | undefined
  /** Gathered for each value of a field first, of which each adds so much at most; undefined when nothing is capped. */
  readonly cap: { readonly per: string; readonly atMost: number } | undefined
}

/** How a roll-up makes one value of many. */
export type AggregateFunction = 'count' | 'sum' | 'min' | 'max' | 'avg'

/** How the engine numbers new records. */
export interface Numbering {
  readonly parts: readonly NumberPart[]
  /** The counter starts over when this many characters of the ISO date change: none, the year's, the month's, all. */
  readonly periodLength: number
  /** True when a number may be lost with a write that fails. */
  readonly hasGaps: boolean
}

/** A piece of a number: a text, a slice of the ISO date (`from` up to `to`), or the counter in at least `width` digits. */
export type NumberPart =
  | { readonly text: string }
  | { readonly from: number; readonly to: number }
  | { readonly width: number }

/** The shared half of a field type: everything browser and server may know. One literal per file. */
export interface FieldTypeDefinition {
  /** JSON Schema of the settings in `x-field`, besides `type` and the dynamic rules. */
  readonly settings: { readonly [name: string]: JsonSchema }
  /** Settings that must be given. */
  readonly required?: readonly string[]
  /** Adds the settings that follow from others. */
  readonly complete?: (settings: JsonObject, settingsOf: SettingsOf) => JsonObject
  /** What the settings schema cannot say of a definition; paths are inside the property. */
  readonly checkDefinition?: (field: FieldSource) => ValueFault[]
  /** JSON Schema of a value that is not null. */
  readonly value: (field: FieldSource) => JsonSchema
  /** JSON Schema keywords an author may add to narrow the value. */
  readonly keywords?: readonly string[]
  /** The stored form of a value as given, before it is validated: takes any JSON and leaves alone what it does not know. */
  readonly normalise?: (value: Json, field: FieldSource) => Json
  /** What JSON Schema cannot say of a value that fits the schema. */
  readonly check?: (value: Json, field: FieldSource) => ValueFault[]
  /** Values are amounts in the record's currency. */
  readonly isInCurrency?: boolean
  readonly feel: FeelKind
  /** Members of a value that expressions may name; each is a text. */
  readonly parts?: readonly string[]
  readonly operators: readonly Operator[] | ((settings: JsonObject) => readonly Operator[])
  readonly source?: Source
  /** The type whose values a computed field has; its FEEL type, operators, scale and text count. */
  readonly result?: (settings: JsonObject) => FieldTypeDefinition
  /** What its values are gathered from, for types that the engine keeps up to date. */
  readonly aggregates?: (settings: JsonObject) => Aggregation
  /** How records get their value at creation, for types that the engine numbers. */
  readonly numbers?: (settings: JsonObject) => Numbering
  /** No two records have the same value, whatever the settings say. */
  readonly isUnique?: true
  /** Needs a column or table of its own, so it cannot stand in a group. */
  readonly isTopLevel?: true
  /** Values are chosen from `x-field.options` or an option-set. */
  readonly hasOptions?: boolean
  /** Has sub-fields in JSON Schema `properties`. */
  readonly hasFields?: boolean
  /** Values are ids of uploaded files. */
  readonly isAttachment?: true
  /** Names of settings that hold an entity's name (text or list of texts). */
  readonly entitySettings?: readonly string[]
  /** Name of the setting that holds an option-set's name. */
  readonly optionSetSetting?: string
  /** Decimal places that writes round to (half up). */
  readonly scale?: (settings: JsonObject) => number | undefined
  /** Text for lists, exports and search. */
  readonly toText: (value: Json, field: FieldSource, context: TextContext) => string
  /** Reads what people write in a cell of an import; never given blank text. */
  readonly fromText?: (text: string, field: FieldSource, context: TextContext) => Parsed
}

/** Declares a field type; identity at run time, checked by the compiler. */
export function defineFieldType<const Definition extends FieldTypeDefinition>(definition: Definition): Definition {
  return definition
}

/** Text that was understood. */
export function readAs(value: Json): Parsed {
  return { ok: true, value }
}

/** Text that cannot be read, with a sentence of what would be right. */
export function unreadable(code: string, message: string): Parsed {
  return { ok: false, code, message }
}

/** Text of a scalar, empty for null. */
export function plainText(value: Json): string {
  return value === null || typeof value === 'object' ? '' : String(value)
}

/** The numeric setting `name`, undefined when absent. */
export function numberSetting(settings: JsonObject, name: string): number | undefined {
  const value = settings[name]
  return typeof value === 'number' ? value : undefined
}
