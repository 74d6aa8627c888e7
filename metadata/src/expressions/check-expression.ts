import { nearest } from '../near.ts'
import { checkNode } from './check/check-node.ts'
import type { Checking, ElementScope } from './check/checking.ts'
import { asValue } from './check/checking.ts'
import { type Finding, recordAsValue, tooComplex, unknownOption, wrongType } from './findings.ts'
import { profile } from './profile.ts'
import { parseSyntax } from './syntax.ts'
import { childrenOf, type TypedExpression, walkExpression } from './typed-expression.ts'
import { describeType, type FeelType, isAssignable, type Scope } from './types.ts'

export interface CheckOptions {
  /** The type that the value must have, `boolean` for a condition; of several, one. */
  readonly expects?: FeelType | readonly FeelType[]
  /** Characters a text may have. Default 2,000. */
  readonly maxLength?: number
}

export type CheckResult =
  | {
      readonly ok: true
      readonly expression: TypedExpression
      readonly type: FeelType
      readonly references: readonly (readonly string[])[]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const mostSteps = 4000

/** Parses a text and checks every name and type in it; all findings come at once, a syntax fault alone. */
export function checkExpression(text: string, scope: Scope, options: CheckOptions = {}): CheckResult {
  const syntax = parseSyntax(text, options.maxLength ?? 2000)
  if ('code' in syntax) return { ok: false, findings: [syntax] }
  const findings: Finding[] = []
  const checking = startChecking(scope, findings)
  const checked = checking.check(syntax)
  const value = checked && asValue(checked, checking)
  const expression = value && expectType(value, [options.expects ?? []].flat(), checking)
  if (!expression || findings.length > 0) return { ok: false, findings }
  return { ok: true, expression, type: expression.type, references: referencesOf(expression) }
}

/** Every path that the expression reads, as written out from the record: `['lines', 'amount']`. */
export function referencesOf(expression: TypedExpression): readonly (readonly string[])[] {
  const paths = new Map<string, readonly string[]>()
  for (const node of walkExpression(expression)) {
    if (node.node === 'reference') paths.set(node.path.join('.'), node.path)
    if (node.node !== 'element' || node.list.length + node.path.length === 0) continue
    const path = [...node.list, ...node.path]
    paths.set(path.join('.'), path)
  }
  return [...paths.values()]
}

function startChecking(scope: Scope, findings: Finding[], element?: ElementScope): Checking {
  const checking: Checking = {
    scope,
    ...(element && { element }),
    check: (node) => checkNode(node, checking),
    report: (finding) => {
      findings.push(finding)
      return undefined
    },
    within: (inner) => startChecking(scope, findings, inner),
  }
  return checking
}

function expectType(
  expression: TypedExpression,
  expects: readonly FeelType[],
  { report }: Checking,
): TypedExpression | undefined {
  const { type } = expression
  if (type.kind === 'list' && type.of.kind === 'context') return report(recordAsValue(expression))
  if (countSteps(expression) > mostSteps) return report(tooComplex(expression, mostSteps))
  for (const finding of misfitsOfAll(expression, expects)) report(finding)
  return expression
}

function misfitsOfAll(expression: TypedExpression, expects: readonly FeelType[]): readonly Finding[] {
  const [only, ...others] = expects
  if (only === undefined || expects.some((expected) => isAssignable(expression.type, expected))) return []
  if (others.length === 0) return misfits(expression, only)
  return [wrongType(expression, expects.map(describeType).join(' or '), expression.type)]
}

/** Where an option is expected, the texts in both branches of an `if` must be its keys. */
function misfits(expression: TypedExpression, expects: FeelType): readonly Finding[] {
  if (isAssignable(expression.type, expects)) return []
  if (expects.kind === 'option' && expression.node === 'call' && expression.row === 'if') {
    return expression.args.slice(1).flatMap((branch) => misfits(branch, expects))
  }
  if (expects.kind !== 'option' || expression.node !== 'literal' || typeof expression.value !== 'string') {
    return [wrongType(expression, describeType(expects), expression.type)]
  }
  return expects.options.includes(expression.value)
    ? []
    : [unknownOption(expression, expression.value, nearest(expression.value, expects.options))]
}

/** How large the SQL can become: rows that say an argument twice double what stands in it. */
function countSteps(expression: TypedExpression): number {
  const inner = childrenOf(expression).reduce((sum, child) => sum + countSteps(child), 0)
  return 1 + inner * (expression.node === 'call' ? (profile[expression.row].repeats ?? 1) : 1)
}
