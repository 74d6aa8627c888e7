import type { JsonObject } from '../json.ts'
import { address } from './address.ts'
import { autonumber } from './autonumber.ts'
import { barcode } from './barcode.ts'
import { boolean } from './boolean.ts'
import { breakdown } from './breakdown.ts'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import type { FieldTypeDefinition } from './define-field-type.ts'
import { department } from './department.ts'
import { duration } from './duration.ts'
import { email } from './email.ts'
import { file } from './file.ts'
import { formula } from './formula.ts'
import { group } from './group.ts'
import { image } from './image.ts'
import { integer } from './integer.ts'
import { json } from './json.ts'
import { lines } from './lines.ts'
import { location } from './location.ts'
import { longText } from './long-text.ts'
import { lookup } from './lookup.ts'
import { lunarDate } from './lunar-date.ts'
import { manyToMany } from './many-to-many.ts'
import { measure } from './measure.ts'
import { money } from './money.ts'
import { multiSelect } from './multi-select.ts'
import { number } from './number.ts'
import type { Operator } from './operators.ts'
import { optionTree } from './option-tree.ts'
import { percent } from './percent.ts'
import { phone } from './phone.ts'
import { polymorphicLookup } from './polymorphic-lookup.ts'
import { rating } from './rating.ts'
import { richText } from './rich-text.ts'
import { rollup } from './rollup.ts'
import { select } from './select.ts'
import { tags } from './tags.ts'
import { text } from './text.ts'
import { time } from './time.ts'
import { url } from './url.ts'
import { user } from './user.ts'

/** Every field type by name; a new one is its file and its line here. */
export const fieldTypes = {
  text,
  'long-text': longText,
  'rich-text': richText,
  email,
  phone,
  url,
  integer,
  number,
  percent,
  money,
  measure,
  boolean,
  date,
  datetime,
  time,
  duration,
  'lunar-date': lunarDate,
  select,
  'multi-select': multiSelect,
  tags,
  'option-tree': optionTree,
  lookup,
  lines,
  'many-to-many': manyToMany,
  'polymorphic-lookup': polymorphicLookup,
  user,
  department,
  file,
  image,
  address,
  location,
  autonumber,
  formula,
  rollup,
  group,
  breakdown,
  rating,
  barcode,
  json,
} as const satisfies { [name: string]: FieldTypeDefinition }

/** The name of a field type. */
export type FieldType = keyof typeof fieldTypes

/** A field as far as its type goes. */
interface Typed {
  readonly type: FieldType
  readonly settings: JsonObject
}

const byName: ReadonlyMap<string, FieldTypeDefinition> = new Map(Object.entries(fieldTypes))

/** True when there is a field type of that name. */
export function isFieldType(name: string): name is FieldType {
  return byName.has(name)
}

/** The shared half of a field type. */
export function fieldTypeOf(name: FieldType): FieldTypeDefinition {
  return fieldTypes[name]
}

/** The type whose values the field has: its own, or what a computed field returns. */
export function valueTypeOf({ type, settings }: Typed): FieldTypeDefinition {
  const definition = fieldTypeOf(type)
  return definition.result?.(settings) ?? definition
}

/** The filter operators of a field. */
export function operatorsOf(field: Typed): readonly Operator[] {
  const { operators } = valueTypeOf(field)
  return typeof operators === 'function' ? operators(field.settings) : operators
}
