import { notOffered } from '../findings.ts'
import type { NodeChecker } from './checking.ts'
import { checkComparison } from './comparisons.ts'
import { checkFunction, checkLiteral, checkTemporal } from './functions.ts'
import { checkFilter, checkList, checkQuantifier } from './lists.ts'
import { checkName, checkPath } from './names.ts'
import { checkArithmetic, checkIf, checkLogic } from './operators.ts'

/** One checker for every node of the grammar that the profile offers. */
const checkers: Readonly<Record<string, NodeChecker>> = {
  VariableName: checkName,
  PathExpression: checkPath,
  StringLiteral: checkLiteral,
  NumericLiteral: checkLiteral,
  BooleanLiteral: checkLiteral,
  null: checkLiteral,
  DateTimeLiteral: checkTemporal,
  FunctionInvocation: checkFunction,
  Conjunction: checkLogic,
  Disjunction: checkLogic,
  Comparison: checkComparison,
  ArithmeticExpression: checkArithmetic,
  IfExpression: checkIf,
  List: checkList,
  FilterExpression: checkFilter,
  QuantifiedExpression: checkQuantifier,
  ParenthesizedExpression: ({ children: [, inner] }, checking) => inner && checking.check(inner),
}

const refusals: Readonly<Record<string, readonly [construct: string, hint: string]>> = {
  ForExpression: ['“for”', 'use sum, count or a filter'],
  FunctionDefinition: ['A function definition', ''],
  InstanceOfExpression: ['“instance of”', 'types are known'],
  Context: ['A record in braces', ''],
  SimplePositiveUnaryTest: ['A test without a value', 'say what is compared'],
}

/** Checks a node by its kind; what the profile does not offer is a finding. */
export const checkNode: NodeChecker = (node, checking) => {
  const checker = Object.hasOwn(checkers, node.name) ? checkers[node.name] : undefined
  if (checker) return checker(node, checking)
  const [construct, hint] = refusals[node.name] ?? [`“${node.text.slice(0, 20)}”`, '']
  return checking.report(notOffered(node, construct, hint))
}
