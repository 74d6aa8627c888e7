import { type Finding, notOffered, syntaxFault, typesDiffer, wrongType } from '../findings.ts'
import { profile, rowsNamed } from '../profile.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import { applyRow, findCall } from './apply-row.ts'
import { type Checking, checkValue, type NodeChecker } from './checking.ts'

/** `a and b and c`: one call with all operands, each of which must be true or false. */
export const checkLogic: NodeChecker = (node, checking) => {
  const row = node.name === 'Conjunction' ? 'and' : 'or'
  const operands = operandsOf(node).map((operand) => checkCondition(operand, checking))
  const args = operands.filter((operand) => operand !== undefined)
  return args.length === operands.length ? applyRow([row], args, node, checking) : undefined
}

/** A node that must be true or false. */
export function checkCondition(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const expression = checkValue(node, checking)
  if (!expression || expression.type.kind === 'boolean') return expression
  return checking.report(wrongType(node, 'true or false', expression.type))
}

/** `a + b`, `-a`. */
export const checkArithmetic: NodeChecker = (node, checking) => {
  const operator = node.children.find((child) => child.name === 'ArithOp')
  const operands = node.children.filter((child) => child !== operator)
  if (!operator) return undefined
  const stray = operands.find((operand) => operand.name === 'SimplePositiveUnaryTest')
  if (stray) return checking.report(strayOperator(stray))
  const values = operands.map((operand) => checkValue(operand, checking))
  const args = values.filter((value) => value !== undefined)
  if (args.length < operands.length) return undefined
  const rows = rowsNamed(operator.text, args.length === 1 ? 'prefix' : 'infix')
  if (rows.length === 0) return checking.report(notOffered(operator, `“${operator.text}”`, 'multiply instead'))
  const [only] = args
  return args.length === 1 && only && only.type.kind !== 'number'
    ? checking.report(wrongType(only, 'a number', only.type))
    : applyRow(rows, args, node, checking)
}

/** `if condition then a else b`: both branches of one kind, or null. */
export const checkIf: NodeChecker = (node, checking) => {
  const [conditionNode, thenNode, elseNode] = node.children.filter(({ name }) => !['if', 'then', 'else'].includes(name))
  if (!conditionNode || !thenNode || !elseNode) return undefined
  const condition = checkCondition(conditionNode, checking)
  const first = checkValue(thenNode, checking)
  const second = checkValue(elseNode, checking)
  if (!condition || !first || !second) return undefined
  const branches = alignBranches(first, second, node)
  if ('code' in branches) return checking.report(branches)
  const [, shape] = [...branches].sort((a, b) => Number(b.type.kind === 'null') - Number(a.type.kind === 'null'))
  const typed = shape && applyRow(['if'], [condition, shape, shape], node, checking)
  if (!typed) return undefined
  const args = [condition, ...branches]
  const type = profile.if.result(
    args.map((argument) => argument.type),
    args,
  )
  return { ...typed, args, type }
}

/** The branches as one kind, texts beside options or ids as such; null fits every kind. */
function alignBranches(
  first: TypedExpression,
  second: TypedExpression,
  at: SyntaxNode,
): readonly [TypedExpression, TypedExpression] | Finding {
  if (first.type.kind === 'null' || second.type.kind === 'null') return [first, second]
  const equal = findCall(['equal'], [first, second], at)
  if (!('node' in equal)) {
    const [reason] = equal.filter(({ code }) => code !== 'type.mismatch')
    return reason ?? typesDiffer(at, 'if', first.type, second.type)
  }
  const [left = first, right = second] = equal.args
  return [left, right]
}

/** `a = = 1` and `a ->b`: a second operator where an operand belongs, which the grammar lets pass. */
export function strayOperator(node: SyntaxNode): Finding {
  const operator = node.children.find((child) => child.name === 'CompareOp') ?? node
  return syntaxFault(operator, operator.text)
}

/** The operands of a chain of one operator, which the grammar nests to the left. */
function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const operands: SyntaxNode[] = []
  let chain: SyntaxNode | undefined = node
  while (chain?.name === node.name) {
    const last = chain.children.at(-1)
    if (last) operands.unshift(last)
    chain = chain.children[0]
  }
  return chain ? [chain, ...operands] : operands
}
