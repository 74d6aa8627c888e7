import { optionFaults, optionPathTitle, readOption } from './choices.ts'
import { defineFieldType, plainText } from './define-field-type.ts'
import { choiceOperators } from './operators.ts'

/**
 * One key of an option-set with levels, of any level. Trees hold thousands of keys, so the schema does not list them:
 * the check does.
 */
export const optionTree = defineFieldType({
  settings: { optionSet: { type: 'string' } },
  required: ['optionSet'],
  value: () => ({ type: 'string', minLength: 1, maxLength: 60 }),
  check: (value, field) => optionFaults(plainText(value), field, ''),
  feel: 'option',
  operators: ['under', ...choiceOperators],
  hasOptions: true,
  optionSetSetting: 'optionSet',
  toText: (value, field) => optionPathTitle(plainText(value), field),
  fromText: readOption,
})
