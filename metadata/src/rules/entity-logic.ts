import { type CheckResult, checkExpression } from '../expressions/check-expression.ts'
import { compileCondition, compileExpression, type Evaluate } from '../expressions/compile-expression.ts'
import { type FeelType, feelTypes, type Scope } from '../expressions/types.ts'
import { asObject, asText } from '../json.ts'
import type { Release } from '../release/compile-release.ts'
import type { DynamicRule, Entity, Field, Rule } from '../release/entity.ts'
import { type KeyedMemory, rememberBy } from '../remember.ts'
import { orderFormulas } from './formula-order.ts'
import { expectedTypes, recordScope } from './record-scope.ts'

/** A condition on a record with its surroundings. */
export type Condition = ReturnType<typeof compileCondition>

/** Everything FEEL decides about the records of one entity, compiled once per release. */
export interface EntityLogic {
  /** Formula fields, each after those it reads. */
  readonly formulas: readonly { readonly field: Field; readonly evaluate: Evaluate }[]
  readonly rules: readonly { readonly rule: Rule; readonly isViolated: Condition }[]
  readonly conditions: ReadonlyMap<string, Readonly<Partial<Record<'visible' | 'required' | 'readOnly', Condition>>>>
  readonly defaults: readonly { readonly field: Field; readonly evaluate: Evaluate }[]
  /** Conditions under which an option may be chosen, by field and option. */
  readonly options: ReadonlyMap<string, ReadonlyMap<string, Condition>>
  /** Every path that any of the expressions reads, e.g. `['author', 'name']`. */
  readonly paths: readonly (readonly string[])[]
}

const memory: KeyedMemory<EntityLogic> = new WeakMap()

/** The compiled logic of an entity. Expressions that do not fit are left out: a release holds none. */
export function entityLogic(release: Release, entity: Entity): EntityLogic {
  return rememberBy(memory, release, entity.name, () => compileLogic(release, entity))
}

/** One expression of an entity: where it stands, its text and the type it must have. */
export interface EntityExpression {
  readonly path: string
  readonly text: string
  /** Of several types one; of none any. */
  readonly expects: readonly FeelType[]
}

const condition = [feelTypes.boolean]
const dynamicTypes: readonly ('visible' | 'required' | 'readOnly')[] = ['visible', 'required', 'readOnly']

/** Every FEEL text of an entity with its place: formulas, dynamic rules, option conditions, validation rules. */
export function expressionsOf(release: Release, entity: Entity): EntityExpression[] {
  const fields = [...entity.fields.values()].flatMap((field) => fieldExpressions(release, field))
  const rules = entity.rules.map((rule) => ({
    path: `/x-entity/rules/${rule.id}/when`,
    text: rule.when,
    expects: condition,
  }))
  return [...fields, ...rules]
}

function fieldExpressions(release: Release, field: Field): EntityExpression[] {
  const at = `/properties/${field.name}/x-field`
  const formula = asText(field.settings.expression)
  return [
    ...(formula === undefined
      ? []
      : [{ path: `${at}/expression`, text: formula, expects: expectedTypes(release, field) }]),
    ...Object.entries(field.dynamic).map(([rule, text]) => ({
      path: `${at}/${rule}`,
      text,
      expects: isCondition(rule) ? condition : defaultTypes(release, field),
    })),
    ...optionTexts(field).map(([key, text]) => ({
      path: `${at}/options/${key}/when`,
      text,
      expects: condition,
    })),
  ]
}

function isCondition(rule: string): boolean {
  return dynamicTypes.some((name) => name === rule)
}

/** A default of a lookup is an id, of anything else the field's own type. */
function defaultTypes(release: Release, field: Field): readonly FeelType[] {
  return expectedTypes(release, field).map((type) => (type.kind === 'context' ? feelTypes.id : type))
}

function optionTexts(field: Field): [string, string][] {
  return Object.entries(asObject(field.settings.options)).flatMap(([key, option]): [string, string][] => {
    const text = asText(asObject(option).when)
    return text === undefined ? [] : [[key, text]]
  })
}

type Checked = Extract<CheckResult, { ok: true }>

function compileLogic(release: Release, entity: Entity): EntityLogic {
  const scope = recordScope(release, entity)
  const paths = new Map<string, readonly string[]>()
  const check = (text: string | undefined, expects: readonly FeelType[]): Checked | undefined => {
    const result = text === undefined ? undefined : checkText(text, scope, expects)
    if (result === undefined) return undefined
    for (const path of result.references) paths.set(path.join('.'), path)
    return result
  }
  const compile = (text: string | undefined): Condition | undefined => {
    const checked = check(text, condition)
    return checked && compileCondition(checked.expression)
  }
  const evaluation = (field: Field, text: string | undefined, expects: readonly FeelType[]) => {
    const checked = check(text, expects)
    return checked === undefined
      ? []
      : [{ field, evaluate: compileExpression(checked.expression), reads: checked.references }]
  }
  const fields = [...entity.fields.values()]
  const formulas = fields.flatMap((field) =>
    evaluation(field, asText(field.settings.expression), expectedTypes(release, field)),
  )
  return {
    formulas: orderFormulas(formulas),
    rules: entity.rules.flatMap((rule) => {
      const isViolated = compile(rule.when)
      return isViolated === undefined ? [] : [{ rule, isViolated }]
    }),
    conditions: new Map(fields.flatMap((field) => fieldConditions(field, compile))),
    defaults: fields.flatMap((field) => evaluation(field, field.dynamic.default, defaultTypes(release, field))),
    options: new Map(fields.flatMap((field) => optionConditions(field, compile))),
    paths: [...paths.values()],
  }
}

function checkText(text: string, scope: Scope, expects: readonly FeelType[]): Checked | undefined {
  const result = checkExpression(text, scope, { expects })
  return result.ok ? result : undefined
}

type Compile = (text: string | undefined) => Condition | undefined
type Conditions = Partial<Record<'visible' | 'required' | 'readOnly', Condition>>

function fieldConditions(field: Field, compile: Compile): [string, Conditions][] {
  const conditions: Conditions = {}
  for (const rule of dynamicTypes) {
    const condition = compile(field.dynamic[rule satisfies DynamicRule])
    if (condition !== undefined) conditions[rule] = condition
  }
  return Object.keys(conditions).length === 0 ? [] : [[field.name, conditions]]
}

function optionConditions(field: Field, compile: Compile): [string, ReadonlyMap<string, Condition>][] {
  const conditions = optionTexts(field).flatMap(([key, text]): [string, Condition][] => {
    const condition = compile(text)
    return condition === undefined ? [] : [[key, condition]]
  })
  return conditions.length === 0 ? [] : [[field.name, new Map(conditions)]]
}
