import { asObject, asText } from '../json.ts'
import { choiceOperators, defineFieldType, type FieldSource, plainText } from './define-field-type.ts'

/** One key out of options given here or by an option-set; `ordered` compares by position. */
export const select = defineFieldType({
  settings: {
    options: { $ref: '#/$defs/options' },
    optionSet: { type: 'string' },
    ordered: { type: 'boolean' },
  },
  value: ({ options }) => ({ type: 'string', enum: [...options] }),
  feel: 'option',
  operators: choiceOperators,
  hasOptions: true,
  optionSetSetting: 'optionSet',
  toText: (value, field) => optionTitle(plainText(value), field),
})

/** The title of an option's key, the key itself when it has none. */
export function optionTitle(key: string, { settings }: FieldSource): string {
  return asText(asObject(asObject(settings.options)[key]).title) ?? key
}
