import { optionTitle, readOption } from './choices.ts'
import { defineFieldType, plainText } from './define-field-type.ts'
import { choiceOperators, rankedOperators } from './operators.ts'

/** One key out of options given here or by an option-set; `ordered` compares by position. */
export const select = defineFieldType({
  settings: {
    options: { $ref: '#/$defs/options' },
    optionSet: { type: 'string' },
    ordered: { type: 'boolean' },
  },
  value: ({ options }) => ({ type: 'string', enum: [...options] }),
  feel: 'option',
  operators: (settings) => (settings.ordered === true ? rankedOperators : choiceOperators),
  hasOptions: true,
  optionSetSetting: 'optionSet',
  toText: (value, field) => optionTitle(plainText(value), field),
  fromText: readOption,
})
