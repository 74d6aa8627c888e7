import { nearest } from '../../near.ts'
import { notOffered, unknownFunction } from '../findings.ts'
import { readAt, readConstructor, readLiteral, temporalConstructors } from '../literals.ts'
import { namesOf, rowsNamed } from '../profile.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import { applyRow } from './apply-row.ts'
import { type Checking, checkValue, type NodeChecker } from './checking.ts'
import { nameOf } from './names.ts'
import { checkUnder, under } from './under.ts'

/** A text, number, `true`, `false` or null. */
export const checkLiteral: NodeChecker = (node, checking) => accept(readLiteral(node), checking)

/** `date("…")`, `@"…"`, and their constructors used as functions. */
export const checkTemporal: NodeChecker = (node, checking) => {
  const [first] = node.children
  return first?.name === 'AtLiteral' ? accept(readAt(first), checking) : checkFunction(node, checking)
}

/** `name(a, b)`. */
export const checkFunction: NodeChecker = (node, checking) => {
  const [callee, , parameters] = node.children
  if (!callee) return undefined
  if (!['VariableName', 'SpecialFunctionName', 'DateTimeConstructor'].includes(callee.name)) {
    return checking.report(notOffered(callee, 'A function that is worked out'))
  }
  if (parameters?.name === 'NamedParameters') {
    return checking.report(notOffered(parameters, 'Named arguments', 'give them in order'))
  }
  return checkCall(nameOf(callee), node, parameters?.children ?? [], checking)
}

function checkCall(
  name: string,
  node: SyntaxNode,
  parameters: readonly SyntaxNode[],
  checking: Checking,
): TypedExpression | undefined {
  const literal = readConstructor(name, parameters, node)
  if (literal) return accept(literal, checking)
  if (name === under) return checkUnder(node, parameters, checking)
  const values = parameters.map((parameter) => checkValue(parameter, checking))
  const args = values.filter((value) => value !== undefined)
  const rows = rowsNamed(name, 'function')
  if (rows.length > 0) return args.length === values.length ? applyRow(rows, args, node, checking) : undefined
  const callee = node.children[0] ?? node
  return checking.report(
    unknownFunction(callee, name, nearest(name, [...namesOf('function'), ...temporalConstructors, under])),
  )
}

function accept(read: ReturnType<typeof readLiteral>, checking: Checking): TypedExpression | undefined {
  return 'node' in read ? read : checking.report(read)
}
