import { defineFieldType, numberSetting } from './define-field-type.ts'
import { integer } from './integer.ts'

/** Whole points from 1 to `max` (default 5); empty is not rated. */
export const rating = defineFieldType({
  ...integer,
  settings: { max: { type: 'integer', minimum: 2, maximum: 10 } },
  value: ({ settings }) => ({ type: 'integer', minimum: 1, maximum: numberSetting(settings, 'max') ?? 5 }),
  checkDefinition: () => [],
  keywords: [],
})
