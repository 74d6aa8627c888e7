import type { Json } from '../json.ts'
import { scaleSetting } from './decimal.ts'
import type { FieldSource, JsonSchema, TextContext } from './define-field-type.ts'
import { orderedOperators } from './operators.ts'
import { resultType, resultTypeNames } from './result-types.ts'

/** Settings of what a computed field returns. */
export const resultSettings = {
  returns: { enum: resultTypeNames },
  scale: scaleSetting,
  unit: { type: 'string', minLength: 1, maxLength: 20 },
} as const satisfies { readonly [name: string]: JsonSchema }

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
