import { checkExpression } from '../expressions/check-expression.ts'
import { type TypedExpression, walkExpression } from '../expressions/typed-expression.ts'
import { fieldTypeOf, valueTypeOf } from '../field-types/index.ts'
import { asText } from '../json.ts'
import { systemFields } from '../names.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity, Field } from '../release/entity.ts'
import { fieldScope } from './record-scope.ts'

/** What decides the value of an expression on a record. */
export interface OwnReads {
  /** Names of the record's own stored fields, formulas followed down to what they read. */
  readonly names: ReadonlySet<string>
  /** Where it looks further: at other records or people, or at the time. */
  readonly beyond: 'others' | 'time' | undefined
}

/** What an expression in the scope of an entity's fields reads. */
export function ownReads(release: Release, entity: Entity, expression: TypedExpression): OwnReads {
  const names = new Set<string>()
  const beyond = collect({ release, entity, names, open: new Set() }, expression)
  return { names, beyond }
}

interface Reading {
  readonly release: Release
  readonly entity: Entity
  readonly names: Set<string>
  /** Formulas being followed. */
  readonly open: ReadonlySet<string>
}

function collect(reading: Reading, expression: TypedExpression): OwnReads['beyond'] {
  for (const node of walkExpression(expression)) {
    if (node.node === 'call' && (node.row === 'today' || node.row === 'now')) return 'time'
    const beyond = node.node === 'reference' ? follow(reading, node.path) : undefined
    if (beyond !== undefined) return beyond
  }
  return undefined
}

function follow(reading: Reading, [name = '', ...rest]: readonly string[]): OwnReads['beyond'] {
  const field = reading.entity.fields.get(name)
  if (field === undefined) return isSystem(name) ? void reading.names.add(name) : 'others'
  const formula = asText(field.settings.expression)
  if (formula !== undefined) return followFormula(reading, name, formula)
  if (isElsewhere(field, rest)) return 'others'
  reading.names.add(name)
  return undefined
}

function followFormula(reading: Reading, name: string, text: string): OwnReads['beyond'] {
  if (reading.open.has(name)) return undefined
  const checked = checkExpression(text, fieldScope(reading.release, reading.entity))
  if (!checked.ok) return 'others'
  return collect({ ...reading, open: new Set([...reading.open, name]) }, checked.expression)
}

function isSystem(name: string): boolean {
  return systemFields.some((field) => field === name)
}

/** True for child records and links, and for a path through a lookup to more than its id. */
function isElsewhere(field: Field, rest: readonly string[]): boolean {
  const { source } = fieldTypeOf(field.type)
  if (source === 'children' || source === 'links') return true
  return valueTypeOf(field).feel === 'reference' && rest.length > 0 && rest.join() !== 'id'
}
