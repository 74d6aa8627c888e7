import type { Finding } from '../findings.ts'
import { recordAsValue } from '../findings.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import type { FeelType, Scope } from '../types.ts'

/** What the check of one node knows and can do. A node that yields undefined has reported why. */
export interface Checking {
  readonly scope: Scope
  /** The list whose condition is being checked, if any. */
  readonly element?: ElementScope
  readonly check: (node: SyntaxNode) => TypedExpression | undefined
  readonly report: (finding: Finding) => undefined
  readonly within: (element: ElementScope) => Checking
}

/** What names mean inside a condition over a list. */
export interface ElementScope {
  readonly list: readonly string[]
  readonly type: FeelType
  /** The name of the element itself. */
  readonly variable: string
  /** Whether the element's fields can be named without the variable, as in `lines[amount > 5]`. */
  readonly hasBareFields: boolean
}

export type NodeChecker = (node: SyntaxNode, checking: Checking) => TypedExpression | undefined

/** Checks a node that must yield a value: a lookup stands for its identity, another record is refused. */
export function checkValue(node: SyntaxNode, checking: Checking): TypedExpression | undefined {
  const expression = checking.check(node)
  return expression && asValue(expression, checking)
}

/** The expression as a value, with a lookup's identity in place of the record. */
export function asValue(expression: TypedExpression, { report }: Checking): TypedExpression | undefined {
  const { type } = expression
  if (type.kind !== 'context') return asListOfValues(expression)
  const identity = identityOf(type)
  const known = expression.node === 'reference' || expression.node === 'element'
  return identity && known
    ? { ...expression, path: [...expression.path, identity.name], isIdentity: true, type: identity.type }
    : report(recordAsValue(expression))
}

/** `lines.article` is the list of the articles' identities. */
function asListOfValues(expression: TypedExpression): TypedExpression {
  if (expression.node !== 'call' || expression.row !== 'project') return expression
  const [list, field] = expression.args
  const identity = field?.type.kind === 'context' ? identityOf(field.type) : undefined
  if (!list || field?.node !== 'element' || !identity) return expression
  const element = { ...field, path: [...field.path, identity.name], isIdentity: true, type: identity.type }
  return { ...expression, args: [list, element], type: { kind: 'list', of: identity.type } }
}

function identityOf(type: Extract<FeelType, { kind: 'context' }>): { name: string; type: FeelType } | undefined {
  const name = type.identity
  const found = name === undefined ? undefined : type.fields.resolve(name)
  return name !== undefined && found && found.kind !== 'context' ? { name, type: found } : undefined
}
