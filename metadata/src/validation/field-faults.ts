import type { ValueFault } from '../field-types/define-field-type.ts'
import { fieldTypeOf } from '../field-types/index.ts'
import { asObject, type JsonObject } from '../json.ts'
import type { Field } from '../release/entity.ts'
import { checkValue, normaliseValue } from '../release/field-values.ts'
import { settingsFaults } from './field-settings.ts'
import { compileValidator } from './validator.ts'

/** What neither the entity's schema nor the settings schema can say of one field; paths are inside its property. */
export function fieldFaults(field: Field): ValueFault[] {
  const type = fieldTypeOf(field.type)
  if (settingsFaults(field.type, asObject(field.source['x-field'])).length > 0) return []
  const faults = [
    ...keywordFaults(field.source, type.keywords ?? []),
    ...rangeFaults(field.source),
    ...(type.checkDefinition?.(field) ?? []),
    ...[...field.fields.values()].flatMap(subfieldFaults),
  ]
  return faults.length > 0 ? faults : defaultFaults(field)
}

/** JSON Schema keywords that narrow a value; the type says which of them it takes. */
const constraintKeywords = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
]

function keywordFaults(source: JsonObject, taken: readonly string[]): ValueFault[] {
  const allowed = taken.length > 0 ? `only ${taken.join(', ')}` : 'none'
  return constraintKeywords
    .filter((keyword) => source[keyword] !== undefined && !taken.includes(keyword))
    .map((keyword) => ({
      path: `/${keyword}`,
      code: 'field.keyword',
      message: `This field type does not take “${keyword}” (it takes ${allowed}); use a validation rule.`,
    }))
}

const ranges = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
] as const

function rangeFaults(source: JsonObject): ValueFault[] {
  return ranges.flatMap(([lower, upper]) => {
    const [low, high] = [source[lower], source[upper]]
    return typeof low === 'number' && typeof high === 'number' && low > high
      ? { path: `/${lower}`, code: 'field.range', message: `“${lower}” ${low} is above “${upper}” ${high}.` }
      : []
  })
}

function subfieldFaults(field: Field): ValueFault[] {
  const path = `/properties/${field.name}`
  const faults = fieldFaults(field).map((fault) => ({ ...fault, path: `${path}${fault.path}` }))
  if (fieldTypeOf(field.type).isTopLevel) {
    const message = `A field of type “${field.type}” cannot stand in a group; make it a field of the entity.`
    return [...faults, { path: `${path}/x-field/type`, code: 'group.type', message }]
  }
  const rules = rulesOf(field).map((rule) => ({
    path: `${path}/x-field/${rule}`,
    code: 'group.rule',
    message: 'A field of a group has no expressions; make it a field of the entity, or write a validation rule.',
  }))
  if (!field.isUnique) return [...faults, ...rules]
  const message = 'A field of a group cannot be unique; make it a field of the entity.'
  return [...faults, ...rules, { path: `${path}/x-field/unique`, code: 'group.unique', message }]
}

/** Where the settings of a field hold FEEL. */
function rulesOf({ dynamic, settings }: Field): string[] {
  const options = Object.entries(asObject(settings.options)).filter(([, option]) => asObject(option).when !== undefined)
  return [...Object.keys(dynamic), ...options.map(([key]) => `options/${key}/when`)]
}

/** The constant default must be a value that the field takes. */
function defaultFaults(field: Field): ValueFault[] {
  const initial = field.source.default
  if (initial === undefined || initial === null) return []
  if (fieldTypeOf(field.type).source !== undefined || field.fields.size > 0) {
    const message = `A field of type “${field.type}” takes no constant default.`
    return [{ path: '/default', code: 'field.default', message }]
  }
  const value = normaliseValue(field, initial)
  const faults = compileValidator(field.value)(value)
  return (faults.length > 0 ? faults : checkValue(field, value)).map(({ path, message }) => ({
    path: `/default${path}`,
    code: 'field.default',
    message,
  }))
}
