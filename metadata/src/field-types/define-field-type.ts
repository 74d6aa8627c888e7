import type { Json, JsonObject } from '../json.ts'

/** A JSON Schema (2020-12) as data. */
export type JsonSchema = JsonObject

/** Filter operators a field offers in the filter builder. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'between'
  | 'empty'
  | 'not empty'

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
  | 'none'

/** How values of the type come to be: `written` by clients, `computed` by the engine, or `children` rows elsewhere. */
export type Source = 'written' | 'computed' | 'children'

/** The field as its author wrote it: JSON Schema keywords and the settings in `x-field`. */
export interface FieldSource {
  readonly schema: JsonObject
  readonly settings: JsonObject
  /** Keys of the options when the type has them, in order. */
  readonly options: readonly string[]
}

/** The shared half of a field type: everything browser and server may know. One literal per file. */
export interface FieldTypeDefinition {
  /** JSON Schema of the settings in `x-field`, besides `type` and the dynamic rules. */
  readonly settings: { readonly [name: string]: JsonSchema }
  /** Settings that must be given. */
  readonly required?: readonly string[]
  /** JSON Schema of a value that is not null. */
  readonly value: (field: FieldSource) => JsonSchema
  /** JSON Schema keywords an author may add to narrow the value. */
  readonly keywords?: readonly string[]
  readonly feel: FeelKind
  readonly operators: readonly Operator[]
  readonly source?: Source
  /** Lists of options are taken from `x-field.options` or an option-set. */
  readonly hasOptions?: boolean
  /** Has sub-fields in JSON Schema `properties`. */
  readonly hasFields?: boolean
  /** Names of settings that hold an entity's name (text or list of texts). */
  readonly entitySettings?: readonly string[]
  /** Name of the setting that holds an option-set's name. */
  readonly optionSetSetting?: string
  /** Decimal places that writes round to (half up). */
  readonly scale?: (settings: JsonObject) => number | undefined
  /** Text for lists, exports and search. */
  readonly toText: (value: Json, field: FieldSource) => string
}

/** Declares a field type; identity at run time, checked by the compiler. */
export function defineFieldType<const Definition extends FieldTypeDefinition>(definition: Definition): Definition {
  return definition
}

/** Operators of values with an order. */
export const orderedOperators = ['=', '!=', '<', '<=', '>', '>=', 'between', 'empty', 'not empty'] as const
/** Operators of free text. */
export const textOperators = [
  'contains',
  '=',
  '!=',
  'starts with',
  'ends with',
  'in',
  'not in',
  'empty',
  'not empty',
] as const
/** Operators of values chosen from a set. */
export const choiceOperators = ['=', '!=', 'in', 'not in', 'empty', 'not empty'] as const
/** Operators of values that can only be there or not. */
export const presenceOperators = ['empty', 'not empty'] as const

/** Text of a scalar, empty for null. */
export function plainText(value: Json): string {
  return value === null || typeof value === 'object' ? '' : String(value)
}

/** The numeric setting `name`, undefined when absent. */
export function numberSetting(settings: JsonObject, name: string): number | undefined {
  const value = settings[name]
  return typeof value === 'number' ? value : undefined
}
