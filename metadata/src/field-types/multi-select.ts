import { asTexts, type Json } from '../json.ts'
import { optionTitles, readOptions } from './choices.ts'
import { defineFieldType } from './define-field-type.ts'
import { normaliseSet } from './normalise-set.ts'
import { listOperators } from './operators.ts'

/** Keys out of options given here or by an option-set, each once, in the order of the options. */
export const multiSelect = defineFieldType({
  settings: { options: { $ref: '#/$defs/options' }, optionSet: { type: 'string' } },
  value: ({ options }) => ({
    type: 'array',
    items: { type: 'string', enum: [...options] },
    uniqueItems: true,
    maxItems: 200,
  }),
  keywords: ['minItems', 'maxItems'],
  normalise: (value, { options }) => {
    const rank = new Map<Json, number>(options.map((key, index) => [key, index]))
    const last = options.length
    return normaliseSet(value, (keys) => keys.toSorted((a, b) => (rank.get(a) ?? last) - (rank.get(b) ?? last)))
  },
  feel: 'texts',
  operators: listOperators,
  hasOptions: true,
  optionSetSetting: 'optionSet',
  toText: (value, field) => optionTitles(asTexts(value), field),
  fromText: readOptions,
})
