import { nearest } from '../../near.ts'
import {
  type Finding,
  literalWanted,
  typesDiffer,
  unknownOption,
  unorderedOption,
  wrongArguments,
  wrongType,
} from '../findings.ts'
import type { Span } from '../operand.ts'
import { type Parameter, type ProfileRow, parameterAt, usageOf } from '../profile/row.ts'
import { type ProfileKey, profile } from '../profile.ts'
import type { Call, TypedExpression } from '../typed-expression.ts'
import type { FeelType } from '../types.ts'
import type { Checking } from './checking.ts'

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

type OptionType = Extract<FeelType, { kind: 'option' }>

/** The call of the first of these rows that takes the arguments, or every reason why there is none. */
export function findCall(
  keys: readonly ProfileKey[],
  given: readonly TypedExpression[],
  at: Span,
): Call | readonly Finding[] {
  const args = given.some(isId) ? given.map(asId) : given
  const key = keys.find((candidate) => fits(profile[candidate], args))
  if (key !== undefined) return call(key, args, at)
  const spread = keys.find((candidate) => profile[candidate].spreads && fits(profile[candidate], asList(args, at)))
  return spread === undefined ? [misfit(keys, args, at)] : call(spread, asList(args, at), at)
}

/** The same, with the reasons reported. */
export function applyRow(
  keys: readonly ProfileKey[],
  args: readonly TypedExpression[],
  at: Span,
  { report }: Checking,
): Call | undefined {
  const found = findCall(keys, args, at)
  if ('node' in found) return found
  for (const finding of found) report(finding)
  return undefined
}

function call(key: ProfileKey, given: readonly TypedExpression[], at: Span): Call | readonly Finding[] {
  const row = profile[key]
  const options = row.alike ? resolveOptions(row, given, at) : { args: given, findings: [] }
  const { args } = options
  const literals = args.flatMap((arg, index) => {
    const parameter = parameterAt(row, index)
    return parameter?.literal && arg.node !== 'literal' ? [literalWanted(arg, `the ${parameter.name}`)] : []
  })
  const findings = [...options.findings, ...literals]
  const refused = findings.length === 0 ? row.verify?.(args) : undefined
  if (refused) return [refused]
  const types = args.map((arg) => arg.type)
  return findings.length > 0
    ? findings
    : { node: 'call', row: key, args, type: row.result(types, args), from: at.from, to: at.to }
}

function fits(row: ProfileRow, args: readonly TypedExpression[]): boolean {
  const wanted = row.parameters.length
  if (row.variadic ? args.length < wanted : args.length !== wanted) return false
  if (!args.every((arg, index) => accepts(parameterAt(row, index), arg.type))) return false
  return !row.alike || new Set(args.map((arg, index) => familyOf(elementOf(row, index, arg.type)))).size === 1
}

function accepts(parameter: Parameter | undefined, type: FeelType): boolean {
  if (!parameter?.list) return parameter?.kinds.includes(type.kind) ?? false
  return type.kind === 'list' && parameter.kinds.includes(type.of.kind)
}

function elementOf(row: ProfileRow, index: number, type: FeelType): FeelType {
  return parameterAt(row, index)?.list && type.kind === 'list' ? type.of : type
}

function familyOf(type: FeelType): string {
  return type.kind === 'option' ? 'text' : type.kind
}

function asList(args: readonly TypedExpression[], { from, to }: Span): readonly TypedExpression[] {
  const [first] = args
  if (!first || !args.every((arg) => familyOf(arg.type) === familyOf(first.type))) return args
  const scales = args.map((arg) => (arg.type.kind === 'number' ? arg.type.scale : undefined))
  const known = scales.filter((scale) => scale !== undefined)
  const of: FeelType = known.length === scales.length ? { kind: 'number', scale: Math.max(...known) } : first.type
  const type = of.kind === 'number' && known.length < scales.length ? { kind: 'number' as const } : of
  return [{ node: 'list', items: args, type: { kind: 'list', of: type }, from, to }]
}

function misfit(keys: readonly ProfileKey[], args: readonly TypedExpression[], at: Span): Finding {
  const rows = keys.map((key) => profile[key])
  const types = args.map((arg) => arg.type)
  const [row] = rows
  const [left, right] = types
  if (row && left && right && row.form !== 'function')
    return typesDiffer(at, row.name, left, right, hintFor(left, right))
  const [only] = args
  const [parameter] = row?.parameters ?? []
  if (rows.length === 1 && only && parameter?.kinds.join() === 'boolean') {
    return wrongType(only, 'true or false', only.type)
  }
  return wrongArguments(at, row?.name ?? '', types, rows.map(usageOf).join(' or '))
}

function hintFor(left: FeelType, right: FeelType): string {
  const kinds = [left.kind, right.kind]
  if (kinds.includes('date') && kinds.includes('datetime')) return 'write date(…) round the date and time'
  if (kinds.includes('text') && kinds.includes('number'))
    return 'write string(…) round the number or number(…) round the text'
  return ''
}

function isId({ type }: TypedExpression): boolean {
  return type.kind === 'id' || (type.kind === 'list' && type.of.kind === 'id')
}

/** Beside an id, a text that spells one is an id. */
function asId(expression: TypedExpression): TypedExpression {
  if (expression.node === 'list') {
    const items = expression.items.map(asId)
    return items.every((item) => isId(item) || item.type.kind === 'null')
      ? { ...expression, items, type: { kind: 'list', of: { kind: 'id' } } }
      : expression
  }
  const isSpelt = expression.node === 'literal' && uuid.test(String(expression.value))
  return isSpelt ? { ...expression, value: String(expression.value).toLowerCase(), type: { kind: 'id' } } : expression
}

interface Options {
  readonly args: readonly TypedExpression[]
  readonly findings: readonly Finding[]
}

/** Texts beside an option field must be its keys; where order counts, the options must have one. */
function resolveOptions(row: ProfileRow, args: readonly TypedExpression[], at: Span): Options {
  const option = args
    .map((arg) => (arg.type.kind === 'list' ? arg.type.of : arg.type))
    .find((type): type is OptionType => type.kind === 'option')
  if (!option) return { args, findings: [] }
  const isOrdering = row.parameters.some((parameter) => parameter.as === 'ordered')
  if (isOrdering && !option.ordered) return { args, findings: [unorderedOption(at, row.name)] }
  const findings: Finding[] = []
  const resolved = args.map((arg) => asOption(arg, option, findings))
  const stranger = isOrdering ? resolved.find((arg) => !sharesOrder(arg.type, option)) : undefined
  return {
    args: resolved,
    findings: stranger && findings.length === 0 ? [typesDiffer(at, row.name, option, stranger.type)] : findings,
  }
}

function asOption(expression: TypedExpression, option: OptionType, findings: Finding[]): TypedExpression {
  if (expression.node === 'list') {
    return { ...expression, items: expression.items.map((item) => asOption(item, option, findings)) }
  }
  if (expression.node !== 'literal' || typeof expression.value !== 'string') return expression
  if (option.options.includes(expression.value)) return { ...expression, type: option }
  findings.push(unknownOption(expression, expression.value, nearest(expression.value, option.options)))
  return expression
}

function sharesOrder(type: FeelType, option: OptionType): boolean {
  return type.kind === 'option' && type.options.join('\n') === option.options.join('\n')
}
