import type { Definition } from '../definition.ts'
import type { FieldTypeDefinition } from '../field-types/define-field-type.ts'
import { fieldTypeOf, fieldTypes, isFieldType } from '../field-types/index.ts'
import type { Reporter } from '../findings.ts'
import { asObject, asText, asTexts, isEqual, type JsonObject } from '../json.ts'
import { fieldNameFault, isInherited, nameFault } from '../names.ts'
import { nearest } from '../near.ts'
import type { Entity, Field } from '../release/entity.ts'
import { entityIdOf, fieldIdOf } from '../release/identity.ts'
import { checkExpressions } from '../rules/check-expressions.ts'
import { isStored, linesFields } from '../rules/computed-fields.ts'
import { fieldFaults } from '../validation/field-faults.ts'
import { settingsFaults } from '../validation/field-settings.ts'
import { checkFormulas } from './check-formulas.ts'
import { checkRollups } from './check-rollups.ts'
import type { CheckContext } from './define-kind.ts'
import { requireEntity, requireField } from './references.ts'

/** Names, field types and their settings, and every reference inside and between entities. */
export function checkEntity({ name, body }: Definition, context: CheckContext, report: Reporter): void {
  const fault = nameFault(name)
  if (fault !== undefined) report.error('', 'name.invalid', fault)
  if (body.$id !== undefined && body.$id !== name) {
    report.error('/$id', 'entity.id', `“$id” must be the entity's name, “${name}”.`)
  }
  checkIdentity(name, body, context, report)
  const entity = context.release.entity(name)
  checkProperties(body, '', report)
  checkRequired(body, '', report)
  if (entity === undefined) return
  for (const field of entity.fields.values()) checkField(entity, field, context, report)
  checkAnnotations(entity, report)
  checkExpressions(context.release, entity, report)
  checkFormulas(context.release, entity, report)
  checkRollups(context.release, entity, report)
}

/** Asked only of explicit identities: two names that claim one are found from either. */
function checkIdentity(name: string, body: JsonObject, { release }: CheckContext, report: Reporter): void {
  const id = asText(body['x-id'])
  if (id === undefined) return
  checkId(id, '', report)
  const claims = (definition: Definition) => definition.kind === 'entity' && entityIdOf(definition) === id
  const twin = [...release.definitions.values()].find((other) => other.name !== name && claims(other))
  if (twin === undefined) return
  report.error('/x-id', 'entity.id.duplicate', `“${twin.name}” and “${name}” have the same identity “${id}”.`)
}

function checkId(id: string, at: string, report: Reporter): void {
  if (!isInherited(id)) return
  report.error(`${at}/x-id`, 'name.invalid', `The identity “${id}” is reserved for programs; choose another.`)
}

function checkProperties(schema: JsonObject, path: string, report: Reporter): void {
  const ids = new Map<string, string>()
  for (const [name, value] of Object.entries(asObject(schema.properties))) {
    const at = `${path}/properties/${name}`
    const property = asObject(value)
    // A sub-field always stands behind its group and a dot, so it hides nothing.
    const fault = path === '' ? fieldNameFault(name) : nameFault(name)
    if (fault !== undefined) report.error(at, 'name.invalid', fault)
    const id = fieldIdOf(name, property)
    if (id !== name) checkId(id, at, report)
    const twin = ids.get(id)
    if (twin !== undefined) {
      report.error(`${at}/x-id`, 'field.id.duplicate', `“${twin}” and “${name}” have the same identity “${id}”.`)
    }
    ids.set(id, name)
    checkType(property, at, report)
  }
}

function checkType(property: JsonObject, at: string, report: Reporter): void {
  const settings = asObject(property['x-field'])
  const type = asText(settings.type) ?? ''
  if (!isFieldType(type)) {
    const near = nearest(type, Object.keys(fieldTypes))
    const message = `There is no field type “${type}”${near ? `; did you mean “${near}”?` : '.'}`
    report.error(`${at}/x-field/type`, 'field.type.unknown', message)
    return
  }
  const definition = fieldTypeOf(type)
  for (const fault of settingsFaults(type, settings)) {
    report.error(`${at}/x-field${fault.path}`, fault.code, fault.message)
  }
  checkImplied(property, definition, at, report)
  if (!definition.hasFields) return
  checkProperties(property, at, report)
  checkRequired(property, at, report)
}

/** What the author may leave out must not contradict what the type implies. */
function checkImplied(property: JsonObject, definition: FieldTypeDefinition, at: string, report: Reporter): void {
  if (definition.source === 'computed' || definition.hasOptions) return
  const implied = definition.value({
    source: property,
    settings: asObject(property['x-field']),
    options: [],
    choices: new Map(),
  })
  for (const keyword of ['type', 'format']) {
    const authored = property[keyword]
    if (authored === undefined || isEqual(authored, implied[keyword])) continue
    report.error(
      `${at}/${keyword}`,
      'field.implied',
      `“${keyword}” contradicts the field type, which implies ${JSON.stringify(implied[keyword] ?? 'none')}; leave it out.`,
    )
  }
}

function checkRequired(schema: JsonObject, path: string, report: Reporter): void {
  const names = Object.keys(asObject(schema.properties))
  for (const name of asTexts(schema.required)) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    report.error(
      `${path}/required`,
      'required.unknown',
      `“${name}” is required but no field${near ? `; did you mean “${near}”?` : '.'}`,
    )
  }
}

function checkField(entity: Entity, field: Field, { release }: CheckContext, report: Reporter): void {
  const at = `/properties/${field.name}/x-field`
  const type = fieldTypeOf(field.type)
  for (const setting of type.entitySettings ?? []) {
    const value = field.settings[setting]
    const names = typeof value === 'string' ? [value] : asTexts(value)
    for (const name of names) requireEntity(release, name, `${at}/${setting}`, report)
  }
  const optionSet = asText(field.settings[type.optionSetSetting ?? ''])
  if (optionSet !== undefined && !release.definitions.has(`option-set/${optionSet}`)) {
    report.error(`${at}/${type.optionSetSetting}`, 'option-set.unknown', `There is no option-set “${optionSet}”.`)
  } else if (type.hasOptions && field.options.length === 0) {
    report.error(at, 'field.options.none', 'Give “options”, or an “optionSet” that has some.')
  }
  for (const fault of fieldFaults(field))
    report.error(`/properties/${field.name}${fault.path}`, fault.code, fault.message)
  if (type.source === 'children') checkChildren(entity, field, { release }, report)
}

/** A field of child records needs a master lookup on the child that points back here, and a child without such fields. */
function checkChildren(entity: Entity, field: Field, { release }: CheckContext, report: Reporter): void {
  const child = release.entity(asText(field.settings.entity) ?? '')
  if (child === undefined) return
  const [inner] = linesFields(child)
  if (inner !== undefined) {
    report.error(
      `/properties/${field.name}/x-field/entity`,
      'lines.nested',
      `“${child.name}” has lines of its own (“${inner.name}”), and lines within lines are not written with their parent; show these by the inverse of their lookup instead.`,
    )
  }
  const at = `/properties/${field.name}/x-field/by`
  const by = requireField(child, asText(field.settings.by) ?? '', at, report)
  if (by === undefined) return
  if (by.settings.master !== true || by.settings.entity !== entity.name) {
    report.error(
      at,
      'lines.by',
      `“${child.name}.${by.name}” must be a lookup to “${entity.name}” with "master": true to hold its lines.`,
    )
  }
}

function checkAnnotations(entity: Entity, report: Reporter): void {
  if (entity.label !== undefined) requireField(entity, entity.label, '/x-entity/label', report)
  for (const name of entity.search) requireField(entity, name, '/x-entity/search', report)
  for (const rule of entity.rules) {
    if (rule.at !== undefined) requireField(entity, rule.at, `/x-entity/rules/${rule.id}/at`, report)
  }
  for (const { id, match } of entity.duplicates) {
    for (const name of match) requireField(entity, name, `/x-entity/duplicates/${id}/match`, report)
  }
  for (const { id, fields } of entity.indexes) {
    for (const name of fields) checkIndexed(entity, name, `/x-entity/indexes/${id}`, report)
  }
}

/** An index needs a column. */
function checkIndexed(entity: Entity, name: string, at: string, report: Reporter): void {
  const field = requireField(entity, name, at, report)
  if (field === undefined) return
  const { source } = fieldTypeOf(field.type)
  const isFormula = asText(field.settings.expression) !== undefined
  if (isFormula && !isStored(field)) {
    report.error(at, 'index.formula', `“${name}” is worked out when it is read; add "stored": true to index by it.`)
  } else if (source === 'children' || source === 'links') {
    report.error(at, 'index.records', `“${name}” holds other records, by which there is no index.`)
  }
}
