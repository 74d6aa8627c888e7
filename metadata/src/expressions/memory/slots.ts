import { type Element, type Reference, type TypedExpression, walkExpression } from '../typed-expression.ts'
import type { FeelType } from '../types.ts'
import { toFeelValue } from './convert.ts'

/** The flat record that a compiled expression reads: one slot for every path that occurs in it. */
export interface Slots {
  nameOf(node: Reference | Element): string
  /** Picks the slots' values out of a plain JSON record. */
  fill(context: unknown, timeZone: string): Readonly<Record<string, unknown>>
}

interface Slot {
  readonly name: string
  readonly path: readonly string[]
  readonly type: FeelType
  readonly isIdentity: boolean
  /** The slots of the list's elements, when it is a list of records. */
  readonly elements: readonly Slot[]
}

/** Plans the slots of an expression. */
export function planSlots(expression: TypedExpression): Slots {
  const nodes = [...walkExpression(expression)].filter((node) => node.node === 'reference' || node.node === 'element')
  const names = new Map([...new Set(nodes.map(keyOf))].map((key, index) => [key, `v${index}`]))
  const nameOf = (node: Reference | Element) => names.get(keyOf(node)) ?? 'v'
  const slotOf = (node: Reference | Element): Slot => {
    const { path, type, isIdentity } = node
    const inner = node.node === 'reference' ? nodes.filter((other) => isElementOf(other, path)).map(slotOf) : []
    return { name: nameOf(node), path, type, isIdentity, elements: inner }
  }
  const references = nodes.filter((node) => node.node === 'reference')
  const slots = [...new Map(references.map((node) => [nameOf(node), slotOf(node)])).values()]
  return { nameOf, fill: (context, timeZone) => fillSlots(slots, context, timeZone) }
}

function keyOf(node: Reference | Element): string {
  return node.node === 'element' ? `${node.list.join('.')}[].${node.path.join('.')}` : node.path.join('.')
}

function isElementOf(node: Reference | Element, list: readonly string[]): boolean {
  return node.node === 'element' && node.path.length > 0 && node.list.join('.') === list.join('.')
}

function fillSlots(slots: readonly Slot[], context: unknown, timeZone: string): Record<string, unknown> {
  const filled: Record<string, unknown> = {}
  for (const slot of slots) {
    const value = readPath(context, slot)
    filled[slot.name] = isRecords(slot.type)
      ? (Array.isArray(value) ? value : []).map((element) => fillSlots(slot.elements, element, timeZone))
      : toFeelValue(value, slot.type, timeZone)
  }
  return filled
}

function isRecords(type: FeelType): boolean {
  return type.kind === 'list' && type.of.kind === 'context'
}

function readPath(context: unknown, { path, isIdentity }: Slot): unknown {
  let value = context
  for (const [index, name] of path.entries()) {
    if (typeof value !== 'object' || value === null) {
      return isIdentity && index > 0 && index === path.length - 1 ? value : undefined
    }
    value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  }
  return value
}
