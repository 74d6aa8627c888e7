import { asObject } from '../json.ts'
import { defineFieldType } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

/** Named sub-fields kept together as one value; JSON Schema `properties` holds them. */
export const group = defineFieldType({
  settings: {},
  checkDefinition: ({ source }) =>
    Object.keys(asObject(source.properties)).length > 0
      ? []
      : [{ path: '/properties', code: 'group.empty', message: 'A group has at least one field in “properties”.' }],
  value: () => ({ type: 'object', additionalProperties: false }),
  feel: 'group',
  operators: presenceOperators,
  hasFields: true,
  isTopLevel: true,
  toText: () => '',
})
