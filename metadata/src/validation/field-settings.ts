import entitySchema from '../../schemas/entity.json' with { type: 'json' }
import { type FieldType, fieldTypeOf } from '../field-types/index.ts'
import type { JsonObject } from '../json.ts'
import { compileValidator, type SchemaFault, type Validator } from './validator.ts'

const validators = new Map<FieldType, Validator>()

/** Where `x-field` does not fit its type's settings schema; paths are relative to `x-field`. */
export function settingsFaults(type: FieldType, settings: JsonObject): SchemaFault[] {
  const validate = validators.get(type) ?? compileValidator(settingsSchema(type))
  validators.set(type, validate)
  return validate(settings)
}

/** The JSON Schema of `x-field` for one type; the designer draws its panel from it. */
export function settingsSchema(type: FieldType): object {
  const definition = fieldTypeOf(type)
  const expression = { type: 'string', minLength: 1, maxLength: 2000 }
  return {
    $defs: entitySchema.$defs,
    type: 'object',
    properties: {
      type: { const: type },
      visible: expression,
      required: expression,
      readOnly: expression,
      default: expression,
      ...definition.settings,
    },
    required: ['type', ...(definition.required ?? [])],
    additionalProperties: false,
  }
}
