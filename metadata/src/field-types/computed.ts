import type { Json, JsonObject } from '../json.ts'
import { scaleSetting } from './decimal.ts'
import type { FieldSource, FieldTypeDefinition, JsonSchema, TextContext } from './define-field-type.ts'
import { orderedOperators } from './operators.ts'
import { resultType, resultTypeNames } from './result-types.ts'

/** Settings of what a computed field returns. */
export const resultSettings = {
  returns: { enum: resultTypeNames },
  scale: scaleSetting,
  unit: { type: 'string', minLength: 1, maxLength: 20 },
  currency: { enum: ['record', 'company'] },
} as const satisfies { readonly [name: string]: JsonSchema }

/** Whether values are amounts in the currency of their record: those worked out in the company's say so. */
export function isInRecordCurrency(type: FieldTypeDefinition, settings: JsonObject): boolean {
  return type.isInCurrency === true && settings.currency !== 'company'
}

/** What the types share whose values the engine computes; they behave as the type they return. */
export const computedType = {
  value: (field: FieldSource): JsonSchema => resultType(field.settings).value(field),
  feel: 'number',
  operators: orderedOperators,
  source: 'computed',
  result: resultType,
  isTopLevel: true,
  toText: (value: Json, field: FieldSource, context: TextContext): string =>
    resultType(field.settings).toText(value, field, context),
} as const
