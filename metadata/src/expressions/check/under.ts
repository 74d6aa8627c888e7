import { nearest } from '../../near.ts'
import { literalWanted, unknownOption, wrongArguments, wrongType } from '../findings.ts'
import type { SyntaxNode } from '../syntax.ts'
import type { TypedExpression } from '../typed-expression.ts'
import { type FeelType, listOf } from '../types.ts'
import { applyRow } from './apply-row.ts'
import { type Checking, checkValue } from './checking.ts'

/** The name of the test that asks for a place in a tree of options. */
export const under = 'under'

type OptionType = Extract<FeelType, { kind: 'option' }>

/** `under(region, "key")`: true for the option “key” and all below it. Of an address, its region is asked. */
export function checkUnder(
  node: SyntaxNode,
  parameters: readonly SyntaxNode[],
  checking: Checking,
): TypedExpression | undefined {
  const [valueNode, keyNode] = parameters
  if (valueNode === undefined || keyNode === undefined || parameters.length > 2) {
    return checking.report(wrongArguments(node, under, [], 'under(option, "key")'))
  }
  const value = levelOf(checking.check(valueNode))
  const key = checkValue(keyNode, checking)
  if (value === undefined || key === undefined) return undefined
  const { type } = value
  if (type.kind !== 'option' || type.parents === undefined) {
    return checking.report(wrongType(valueNode, 'an option of a set with levels', type))
  }
  if (key.node !== 'literal' || typeof key.value !== 'string') {
    return checking.report(literalWanted(keyNode, 'the option'))
  }
  if (!type.options.includes(key.value)) {
    return checking.report(unknownOption(keyNode, key.value, nearest(key.value, type.options)))
  }
  const { from, to } = keyNode
  const items = below(type, key.value).map((value) => ({ node: 'literal', value, type, from, to }) as const)
  return applyRow(['in-list'], [value, { node: 'list', items, type: listOf(type), from, to }], node, checking)
}

/** What stands for the whole in its tree: the member that its type names, else the value itself. */
function levelOf(value: TypedExpression | undefined): TypedExpression | undefined {
  if (value === undefined || value.type.kind !== 'context' || value.type.level === undefined) return value
  const type = value.type.fields.resolve(value.type.level)
  if (type === undefined || (value.node !== 'reference' && value.node !== 'element')) return value
  return { ...value, path: [...value.path, value.type.level], type }
}

/** The option and all below it. */
function below({ options, parents }: OptionType, key: string): string[] {
  const isBelow = (option: string): boolean => {
    for (let above: string | undefined = option, steps = 0; above !== undefined && steps < 50; steps++) {
      if (above === key) return true
      above = parents?.get(above)
    }
    return false
  }
  return options.filter(isBelow)
}
