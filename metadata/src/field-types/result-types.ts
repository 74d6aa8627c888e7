import { asText, type JsonObject } from '../json.ts'
import { boolean } from './boolean.ts'
import { date } from './date.ts'
import { datetime } from './datetime.ts'
import type { FieldTypeDefinition } from './define-field-type.ts'
import { duration } from './duration.ts'
import { integer } from './integer.ts'
import { measure } from './measure.ts'
import { money } from './money.ts'
import { number } from './number.ts'
import { percent } from './percent.ts'
import { text } from './text.ts'
import { time } from './time.ts'

/** The types whose values a computed field may have. */
const resultTypes: { readonly [name: string]: FieldTypeDefinition } = {
  text,
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
}

/** Their names. */
export const resultTypeNames = Object.keys(resultTypes)

/** The type that the setting `returns` names, number when it names none. */
export function resultType(settings: JsonObject): FieldTypeDefinition {
  return resultTypes[asText(settings.returns) ?? ''] ?? number
}
