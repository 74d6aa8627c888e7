import type { Entity, FieldState, JsonObject } from '@heddle/metadata'
import type { RJSFSchema, UiSchema, ValidatorType } from '@rjsf/utils'
import { LayoutTemplate } from './LayoutTemplate.tsx'
import { RecordField, RecordFieldTemplate } from './RecordField.tsx'

/** rjsf's registered fields and templates of ours. */
export const fields = { record: RecordField }
/** The templates that draw a record. */
export const templates = { FieldTemplate: RecordFieldTemplate, ObjectFieldTemplate: LayoutTemplate }

/** rjsf fills in no defaults: a new record's values have them already. */
export const stateBehaviour = {
  emptyObjectFields: 'skipDefaults',
  arrayMinItems: { populate: 'never' },
  constAsDefaults: 'never',
  allOf: 'skipDefaults',
} as const

/** The flat pure schema of an entity: one property per field, its rules left to the validation. */
export function formSchema(entity: Entity, states: ReadonlyMap<string, FieldState>): RJSFSchema {
  const properties = Object.fromEntries(
    [...entity.fields.values()].map(({ name, title, source, value }) => [
      name,
      { title, type: shapeOf(value), description: String(source.description ?? '') },
    ]),
  )
  const required = [...entity.fields.keys()].filter((name) => states.get(name)?.isRequired)
  return { type: 'object', properties, required }
}

/** Every property is drawn by the same field; widgets are chosen by field type. */
export function formUi(entity: Entity): UiSchema {
  return Object.fromEntries([...entity.fields.keys()].map((name) => [name, { 'ui:field': 'record' }]))
}

/** Validation happens before rjsf hears of it, in `validation.ts`, so its own validator has nothing to say. */
export const noValidator: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: () => true,
  rawValidation: () => ({ errors: [] }),
}

/** The type without inner structure: rjsf must not look for forms in it. */
function shapeOf({ type }: JsonObject): RJSFSchema['type'] {
  const known = (['string', 'number', 'integer', 'boolean', 'array', 'object'] as const).find((name) => name === type)
  return known ?? 'string'
}
