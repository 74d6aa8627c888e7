import { type CheckResult, checkExpression } from '../check-expression.ts'
import type { FeelType, Scope } from '../types.ts'
import { feelTypes } from '../types.ts'
import {
  emptyGroup,
  type FilterFinding,
  filterTooLarge,
  fromExpression,
  malformedField,
  malformedNode,
  unknownOperator,
  wrongValue,
} from './filter-finding.ts'
import { type FilterOperator, filterOperators } from './filter-operators.ts'
import { writeValue } from './write-value.ts'

/** A condition of the filter builder. A value `{"feel": "…"}` is an expression: `today() - @"P30D"`. */
export type FilterTree =
  | { readonly all: readonly FilterTree[] }
  | { readonly any: readonly FilterTree[] }
  | { readonly field: string; readonly op: string; readonly value?: unknown }

export type FormatResult =
  | (Extract<CheckResult, { ok: true }> & { readonly text: string })
  | { readonly ok: false; readonly findings: readonly FilterFinding[] }

const mostConditions = 100
const deepest = 10
const longestText = 20_000
const fieldShape = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u

/** Says a filter tree, unknown input, in FEEL and checks it as a condition like any other. */
export function formatFilter(tree: unknown, scope: Scope): FormatResult {
  const writing: Writing = { scope, findings: [], rules: [], text: '', conditions: 0 }
  writeNode(tree, '', 0, writing)
  const { text, findings, rules } = writing
  if (findings.length > 0) return { ok: false, findings }
  const checked = checkExpression(text, scope, { expects: feelTypes.boolean, maxLength: longestText })
  if (checked.ok) return { ...checked, text }
  const ruleAt = (position: number) => rules.find(({ from, to }) => from <= position && position < to)?.path ?? ''
  return { ok: false, findings: checked.findings.map((finding) => fromExpression(finding, ruleAt(finding.from))) }
}

interface Writing {
  readonly scope: Scope
  readonly findings: FilterFinding[]
  /** Where each rule stands in the text. */
  readonly rules: { readonly path: string; readonly from: number; readonly to: number }[]
  text: string
  conditions: number
}

function writeNode(node: unknown, path: string, depth: number, writing: Writing): void {
  if (depth > deepest || writing.conditions >= mostConditions) {
    if (!writing.findings.some(({ code }) => code === 'filter.too-large')) {
      writing.findings.push(filterTooLarge(path, mostConditions))
    }
    return
  }
  const keys = isObject(node) ? Object.keys(node) : []
  const group = keys.length === 1 && (keys[0] === 'all' || keys[0] === 'any') ? keys[0] : undefined
  const isRule = typeof read(node, 'field') === 'string' && typeof read(node, 'op') === 'string'
  if (group !== undefined) writeGroup(read(node, group), group, { path, depth, writing })
  else if (isRule) writeRule(node, path, writing)
  else writing.findings.push(malformedNode(path))
}

interface GroupPlace {
  readonly path: string
  readonly depth: number
  readonly writing: Writing
}

function writeGroup(children: unknown, group: 'all' | 'any', { path, depth, writing }: GroupPlace): void {
  const place = `${path}/${group}`
  if (!Array.isArray(children)) return void writing.findings.push(malformedNode(place))
  if (children.length === 0) return void writing.findings.push(emptyGroup(place))
  writing.text += '('
  for (const [index, child] of children.entries()) {
    if (index > 0) writing.text += group === 'all' ? ' and ' : ' or '
    writeNode(child, `${place}/${index}`, depth + 1, writing)
  }
  writing.text += ')'
}

function writeRule(node: unknown, path: string, writing: Writing): void {
  writing.conditions++
  const field = String(read(node, 'field'))
  const name = String(read(node, 'op'))
  const operator = Object.hasOwn(filterOperators, name) ? filterOperators[name] : undefined
  const type = typeOfField(field, path, writing)
  if (!operator) {
    writing.findings.push(unknownOperator(`${path}/op`, name, Object.keys(filterOperators)))
    return
  }
  const values = type && writeValues({ operator, name, value: read(node, 'value'), type, path }, writing)
  if (!values) return
  const from = writing.text.length
  writing.text += operator.write(field, values, type)
  writing.rules.push({ path, from, to: writing.text.length })
}

function typeOfField(field: string, path: string, { scope, findings }: Writing): FeelType | undefined {
  const place = `${path}/field`
  if (!fieldShape.test(field)) return void findings.push(malformedField(place, field.slice(0, 60)))
  // A group is no value, but it can be missing; a list of records can be counted.
  const checked = checkExpression(field, scope)
  if (checked.ok) return checked.type
  if (checked.findings.some(({ code }) => code !== 'type.record')) {
    return void findings.push(...checked.findings.map((finding) => fromExpression(finding, place)))
  }
  const whole: FeelType = { kind: 'context', fields: scope }
  if (checkExpression(`${field} = null`, scope).ok) return whole
  const listed = checkExpression(`count(${field})`, scope)
  if (listed.ok) return { kind: 'list', of: whole }
  return void findings.push(...checked.findings.map((finding) => fromExpression(finding, place)))
}

interface RuleValue {
  readonly operator: FilterOperator
  readonly name: string
  readonly value: unknown
  readonly type: FeelType
  readonly path: string
}

const wanted = { none: 'left out', one: 'one value', two: 'a list of two values', many: 'a list of values' } as const

function writeValues(rule: RuleValue, writing: Writing): readonly string[] | undefined {
  const { operator, name, value, type, path } = rule
  const place = `${path}/value`
  if (operator.values === 'none') return []
  const given = operator.values === 'one' ? [value] : Array.isArray(value) ? value : []
  const counts = operator.values === 'two' ? given.length === 2 : given.length > 0
  const texts = given.map((one) =>
    read(one, 'feel') === undefined ? writeValue(one, type) : embed(one, place, writing),
  )
  const written = texts.filter((text) => text !== undefined)
  if (counts && written.length === given.length) return written
  return void writing.findings.push(wrongValue(place, name, wanted[operator.values]))
}

/** An expression as a value must stand alone, so that it cannot close the brackets around it. */
function embed(value: unknown, place: string, { scope, findings }: Writing): string | undefined {
  const text = read(value, 'feel')
  if (typeof text !== 'string') return undefined
  const checked = checkExpression(text, scope)
  if (!checked.ok) findings.push(...checked.findings.map((finding) => fromExpression(finding, place)))
  return `(${text}\n)`
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function read(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}
