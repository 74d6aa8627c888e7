import { nearest } from '../../near.ts'
import { nestedLists, pathTooLong, unknownName, unknownProperty } from '../findings.ts'
import { profile, profileKeys, rowsNamed } from '../profile.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { Element, Reference, TypedExpression } from '../typed-expression.ts'
import { type ContextType, type FeelType, listOf } from '../types.ts'
import { findCall } from './apply-row.ts'
import type { Checking, NodeChecker } from './checking.ts'

const longestPath = 3
const longestShown = 60

/** A bare name: the list element or its field inside a condition over a list, else a name of the scope. */
export const checkName: NodeChecker = (node, checking) => {
  const name = nameOf(node)
  const element = checkElementName(name, node, checking)
  if (element) return element
  const { from, to } = node
  const type = checking.scope.resolve(name)
  if (!type)
    return checking.report(unknownName(node, name.slice(0, longestShown), '', nearest(name, allNames(checking))))
  if (checking.element && isListOfRecords(type)) return checking.report(nestedLists(node))
  return { node: 'reference', path: [name], steps: [{ path: [name], from, to }], isIdentity: false, type, from, to }
}

/** `target.name`: a field of a record, that field of every record of a list, or a property of a date or duration. */
export const checkPath: NodeChecker = (node, checking) => {
  const [targetNode, , nameNode] = node.children
  const target = targetNode && checking.check(targetNode)
  if (!target || !nameNode) return undefined
  const { type } = target
  const path =
    type.kind === 'context'
      ? extendPath(target, type, nameNode, checking)
      : type.kind === 'list' && type.of.kind === 'context'
        ? projectList(target, type.of, nameNode, checking)
        : checkProperty(target, nameNode, checking)
  return path && { ...path, from: node.from, to: node.to }
}

/** The path of the list that the expression walks; empty when it is written in the text. */
export function listPathOf(expression: TypedExpression | undefined): readonly string[] {
  if (expression?.node === 'reference') return expression.path
  if (expression?.node !== 'call') return []
  const [list, field] = expression.args
  if (expression.row === 'filter') return listPathOf(list)
  return expression.row === 'project' && field?.node === 'element' ? [...listPathOf(list), ...field.path] : []
}

/** The name that a node spells, its blanks made one. */
export function nameOf(node: SyntaxNode): string {
  return node.text.trim().replace(/\s+/g, ' ')
}

function isListOfRecords(type: FeelType): boolean {
  return type.kind === 'list' && type.of.kind === 'context'
}

function allNames({ scope, element }: Checking): readonly string[] {
  const bare = element?.hasBareFields && element.type.kind === 'context' ? element.type.fields.names() : []
  return [...bare, ...(element ? [element.variable] : []), ...scope.names()]
}

function checkElementName(name: string, node: SyntaxNode, { element }: Checking): Element | undefined {
  if (!element) return undefined
  const { from, to } = node
  const { list, type, variable } = element
  const base = { node: 'element', list, isIdentity: false, from, to } as const
  const field = element.hasBareFields && type.kind === 'context' ? type.fields.resolve(name) : undefined
  if (field) return { ...base, path: [name], steps: [{ path: [...list, name], from, to }], type: field }
  return name === variable ? { ...base, path: [], steps: [], type } : undefined
}

function extendPath(
  target: TypedExpression,
  type: ContextType,
  nameNode: SyntaxNode,
  checking: Checking,
): TypedExpression | undefined {
  if (target.node !== 'reference' && target.node !== 'element') return undefined
  const name = nameOf(nameNode)
  const base = target.node === 'element' ? [...target.list, ...target.path] : target.path
  const field = type.fields.resolve(name)
  if (!field) {
    return checking.report(unknownName(nameNode, name, base.join('.'), nearest(name, type.fields.names())))
  }
  if (checking.element && isListOfRecords(field)) return checking.report(nestedLists(nameNode))
  const step = { path: [...base, name], from: nameNode.from, to: nameNode.to }
  const isIdentity = name === type.identity
  const path = { ...target, path: [...target.path, name], steps: [...target.steps, step], isIdentity, type: field }
  return countLookups(path, checking) ? path : undefined
}

/** Groups and words like `old` do not count: what costs is going through a lookup. */
function countLookups({ node, path, steps }: Reference | Element, { report, scope }: Checking): boolean {
  let counted = path.length
  let type = node === 'reference' ? scope.resolve(path[0] ?? '') : undefined
  for (const name of path.slice(1)) {
    if (type?.kind === 'context' && type.identity === undefined) counted--
    type = type?.kind === 'context' ? type.fields.resolve(name) : undefined
  }
  const last = steps.at(-1)
  if (counted <= longestPath || !last) return true
  report(pathTooLong(last, longestPath))
  return false
}

function projectList(
  target: TypedExpression,
  of: ContextType,
  nameNode: SyntaxNode,
  checking: Checking,
): TypedExpression | undefined {
  const isPath = target.node === 'call' && target.row === 'project'
  const [list, field] = isPath ? target.args : [target, undefined]
  if (!list) return undefined
  const { from, to } = target
  const start: Element = {
    node: 'element',
    list: listPathOf(list),
    path: [],
    steps: [],
    isIdentity: false,
    type: of,
    from,
    to,
  }
  const element = extendPath(field?.node === 'element' ? field : start, of, nameNode, checking)
  if (element?.node !== 'element') return undefined
  if (element.type.kind === 'list') return checking.report(nestedLists(nameNode))
  return { node: 'call', row: 'project', args: [list, element], type: listOf(element.type), from, to }
}

function checkProperty(target: TypedExpression, nameNode: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const name = nameOf(nameNode)
  const found = findCall(rowsNamed(name, 'property'), [target], nameNode)
  if ('node' in found) return found
  const offered = profileKeys
    .map((key) => profile[key])
    .filter(({ form, parameters }) => form === 'property' && parameters[0]?.kinds.includes(target.type.kind))
    .map((row) => row.name)
  return checking.report(unknownProperty(nameNode, name, target.type, nearest(name, offered)))
}
