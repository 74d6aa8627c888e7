import { bracketsRoundIn, type Finding, literalWanted, notOffered, typesDiffer, wrongType } from '../findings.ts'
import type { ProfileKey } from '../profile.ts'
import { rowsNamed } from '../profile.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import { applyRow } from './apply-row.ts'
import { asValue, type Checking, checkValue, type NodeChecker } from './checking.ts'
import { strayOperator } from './operators.ts'

/** `a = b`, `a between b and c`, `a in …`. */
export const checkComparison: NodeChecker = (node, checking) => {
  const [left, operator] = node.children
  if (!left || !operator) return undefined
  if (operator.name === 'in') return checkIn(node, checking)
  return operator.name === 'between' ? checkBetween(node, checking) : checkCompare(node, checking)
}

function checkCompare(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const [leftNode, operator, rightNode] = node.children
  if (!leftNode || !operator || !rightNode) return undefined
  if (rightNode.name === 'SimplePositiveUnaryTest') return checking.report(strayOperator(rightNode))
  const read = [leftNode, rightNode].some(({ text }) => text.trim() === 'null') ? checkPresence : checkValue
  const left = read(leftNode, checking)
  const right = read(rightNode, checking)
  if (!left || !right) return undefined
  const value = left.type.kind === 'null' ? right : left
  const isNullTest = left.type.kind === 'null' || right.type.kind === 'null'
  if (!isNullTest) return applyRow(rowsNamed(operator.text, 'infix'), [left, right], node, checking)
  const row: ProfileKey | undefined = nullTests[operator.text]
  return row && value.type.kind !== 'null'
    ? applyRow([row], [value], node, checking)
    : checking.report(typesDiffer(node, operator.text, left.type, right.type))
}

/** What is compared with null: a value, or a group of fields as a whole. */
function checkPresence(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const found = checking.check(node)
  const isGroup = found?.type.kind === 'context' && found.type.identity === undefined && found.node === 'reference'
  return isGroup ? found : found && asValue(found, checking)
}

const nullTests: Readonly<Record<string, ProfileKey>> = { '=': 'is-null', '!=': 'is-not-null' }

function checkBetween(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const nodes = node.children.filter(({ name }) => name !== 'between' && name !== 'and')
  const values = nodes.map((child) => checkValue(child, checking)).filter((value) => value !== undefined)
  return values.length === nodes.length ? applyRow(['between'], values, node, checking) : undefined
}

function checkIn(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const [valueNode, , testNode] = node.children
  if (!valueNode || !testNode) return undefined
  if (testNode.name === '(') return checking.report(roundBrackets(node, testNode))
  const [right] = testNode.children
  if (!right) return undefined
  if (right.name === 'Conjunction' || right.name === 'Disjunction') return checking.report(missingBrackets(node, right))
  const value = checkValue(valueNode, checking)
  if (right.name === 'SimplePositiveUnaryTest') return checkRange(node, value, right, checking)
  const list = checkValue(right, checking)
  if (!value || !list) return undefined
  return list.type.kind === 'list'
    ? applyRow(['in-list'], [value, list], node, checking)
    : checking.report(wrongType(right, 'a list like [a, b] or a range like [1..5]', list.type))
}

/** The whole text of the outermost test with brackets round the in test: `(kind in ["a"]) or x`. */
function missingBrackets(node: SyntaxNode, right: SyntaxNode): Finding {
  let first: SyntaxNode = right
  while (first.name === 'Conjunction' || first.name === 'Disjunction') {
    const [left] = first.children
    if (!left) break
    first = left
  }
  const inTest = node.text.slice(0, first.to - node.from)
  return bracketsRoundIn(node, `(${inTest})${node.text.slice(first.to - node.from)}`)
}

function roundBrackets(node: SyntaxNode, open: SyntaxNode): Finding {
  const close = node.children.find(({ name }) => name === ')')
  const to = close?.to ?? node.to
  const inside = node.text.slice(open.to - node.from, to - node.from - 1)
  return {
    ...notOffered({ from: open.from, to }, 'A list in round brackets', 'write square brackets: [a, b]'),
    fix: `[${inside}]`,
  }
}

const ranges: Readonly<Record<string, ProfileKey>> = {
  '[]': 'in-range',
  '(]': 'in-range-open-start',
  ']]': 'in-range-open-start',
  '[)': 'in-range-open-end',
  '[[': 'in-range-open-end',
  '()': 'in-range-open',
  '][': 'in-range-open',
}

function checkRange(
  node: SyntaxNode,
  value: TypedExpression | undefined,
  test: SyntaxNode,
  checking: Checking,
): TypedExpression | undefined {
  const [interval] = test.children
  if (interval?.name !== 'Interval') return checking.report(notOffered(test, 'A comparison after “in”'))
  const [open, lowNode, , highNode, close] = interval.children
  const row = ranges[`${open?.text}${close?.text}`]
  if (!lowNode || !highNode || !row) return undefined
  const low = checkValue(lowNode, checking)
  const high = checkValue(highNode, checking)
  if (!value || !low || !high) return undefined
  const open_ = [low, high].find((bound) => bound.type.kind === 'null')
  return open_ ? checking.report(literalWanted(open_, 'a bound')) : applyRow([row], [value, low, high], node, checking)
}
