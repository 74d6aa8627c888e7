import { defineFieldType, numberSetting, orderedOperators, plainText } from './define-field-type.ts'

/** A decimal number of at most 15 significant digits; writes round half up to `scale` places (default 4). */
export const number = defineFieldType({
  settings: { scale: { type: 'integer', minimum: 0, maximum: 10 }, unique: { type: 'boolean' } },
  value: () => ({ type: 'number' }),
  keywords: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  feel: 'number',
  operators: orderedOperators,
  scale: (settings) => numberSetting(settings, 'scale') ?? 4,
  toText: plainText,
})
