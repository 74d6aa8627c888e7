import { nestedLists, notOffered, typesDiffer, wrongType } from '../findings.ts'
import { commonScale } from '../profile/row.ts'
import type { ProfileKey } from '../profile.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import { type FeelType, listOf, nothing } from '../types.ts'
import { applyRow } from './apply-row.ts'
import { type Checking, checkValue, type NodeChecker } from './checking.ts'
import { listPathOf, nameOf } from './names.ts'
import { checkCondition } from './operators.ts'

/** `[a, b]`: values of one kind, and null. */
export const checkList: NodeChecker = (node, checking) => {
  const nodes = node.children.slice(1, -1)
  if (nodes.length === 0) return checking.report(notOffered(node, 'An empty list'))
  const values = nodes.map((child) => checkValue(child, checking))
  const items = values.filter((value) => value !== undefined)
  if (items.length < values.length) return undefined
  const solid = items.filter(({ type }) => type.kind !== 'null')
  const [first] = solid
  const odd = solid.find(({ type }) => familyOf(type) !== familyOf(first?.type) || type.kind === 'list')
  if (first && odd) return checking.report(typesDiffer(odd, '[…]', first.type, odd.type))
  return { node: 'list', items, type: listOf(elementType(solid)), from: node.from, to: node.to }
}

/** `lines[amount > 5]`: the records, or values, for which the condition is true. */
export const checkFilter: NodeChecker = (node, checking) => {
  const [listNode, , conditionNode] = node.children
  if (!listNode || !conditionNode) return undefined
  if (conditionNode.name === 'NumericLiteral') {
    return checking.report(notOffered(conditionNode, 'Picking an element by its position'))
  }
  return checkOver('filter', { node, listNode, conditionNode, variable: 'item' }, checking)
}

/** `some line in lines satisfies line.amount > 5`, over one list. */
export const checkQuantifier: NodeChecker = (node, checking) => {
  const [quantifier, iterations, , conditionNode] = node.children
  const [iteration, second] = iterations?.children.filter(({ name }) => name === 'InExpression') ?? []
  if (!quantifier || !iteration || !conditionNode) return undefined
  if (second) return checking.report(notOffered(second, 'A second list'))
  const [variable, , context] = iteration.children
  const [listNode, stray] = context?.children ?? []
  if (!variable || !listNode) return undefined
  if (stray) return checking.report(notOffered(context ?? stray, 'A range to walk through'))
  const row = quantifier.name === 'every' ? 'every' : 'some'
  return checkOver(row, { node, listNode, conditionNode, variable: nameOf(variable) }, checking)
}

interface Iteration {
  readonly node: SyntaxNode
  readonly listNode: SyntaxNode
  readonly conditionNode: SyntaxNode
  readonly variable: string
}

function checkOver(row: ProfileKey, iteration: Iteration, checking: Checking): TypedExpression | undefined {
  const { node, listNode, conditionNode, variable } = iteration
  if (checking.element) return checking.report(nestedLists(node))
  const list = checking.check(listNode)
  if (!list) return undefined
  if (list.type.kind !== 'list') return checking.report(wrongType(listNode, 'a list', list.type))
  const isPath = list.node === 'call' && list.row === 'project'
  if (isPath && list.type.of.kind === 'context') {
    return checking.report(notOffered(listNode, 'A condition over records behind a list', 'put it on the list itself'))
  }
  const element = { list: listPathOf(list), type: list.type.of, variable, hasBareFields: row === 'filter' }
  const condition = checkCondition(conditionNode, checking.within(element))
  return condition && applyRow([row], [list, condition], node, checking)
}

function familyOf(type: FeelType | undefined): string | undefined {
  return type?.kind === 'option' ? 'text' : type?.kind
}

function elementType(items: readonly TypedExpression[]): FeelType {
  const [first] = items
  if (!first) return nothing
  return first.type.kind === 'number' ? commonScale(items.map(({ type }) => type)) : first.type
}
