import {
  type Entity,
  type Field,
  isObject,
  type Json,
  type JsonObject,
  parsePointer,
  type Release,
  textOfValue,
  toPointer,
  valueOfText,
} from '@heddle/metadata'
import type { ErrorSchema } from '@rjsf/utils'
import type { FieldProblem } from '../api/problem.ts'
import { isBlankLine, isChildren, linesOf } from '../fields/record-values.ts'
import { unreadText } from '../fields/unread.ts'

/** What a person wrote that cannot be read, everywhere in the values. */
export function unreadFaults(release: Release, entity: Entity, values: JsonObject, timeZone: string): FieldProblem[] {
  return faultsIn(release, entity.fields, values, { path: [], timeZone })
}

/** Faults about a body as it is sent, told of the form: untouched lines are not sent but are there. */
export function atFormPaths<F extends FieldProblem>(faults: readonly F[], entity: Entity, values: JsonObject): F[] {
  return faults.map((fault) => {
    const [name = '', index, ...rest] = parsePointer(fault.path)
    const field = entity.fields.get(name)
    if (field === undefined || index === undefined || !isChildren(field)) return fault
    const sent = [...linesOf(values[name]).entries()].filter(([, line]) => !isBlankLine(line))
    const position = sent[Number(index)]?.[0] ?? Number(index)
    return { ...fault, path: toPointer([name, String(position), ...rest]) }
  })
}

/** Faults in the order people read the form: by field as `names` has them, then as they came. */
export function inReadingOrder(faults: readonly FieldProblem[], names: readonly string[]): FieldProblem[] {
  const rank = new Map(names.map((name, index) => [name, index]))
  const rankOf = (fault: FieldProblem) => rank.get(fieldAt(fault)) ?? names.length
  return faults.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** The name of the field that a fault is at, empty for the whole record. */
export function fieldAt({ path }: { readonly path: string }): string {
  return parsePointer(path)[0] ?? ''
}

/** Where a fault is. */
export interface FaultPlace {
  /** The innermost field, none for the record as a whole. */
  readonly field: Field | undefined
  /** The line it is in, counted from zero. */
  readonly line: number | undefined
  /** The field of the record that the innermost one is part of. */
  readonly within: Field | undefined
  /** The entity whose rules speak there: the record's, or its line's. */
  readonly owner: Entity
}

/** Where in a record a path leads. */
export function placeOf(release: Release, entity: Entity, path: string): FaultPlace {
  const [name = '', next, part] = parsePointer(path)
  const field = entity.fields.get(name)
  if (field === undefined || next === undefined) return { field, line: undefined, within: undefined, owner: entity }
  if (!isChildren(field)) {
    return { field: field.fields.get(next) ?? field, line: undefined, within: field, owner: entity }
  }
  const child = release.entity(String(field.settings.entity)) ?? entity
  return { field: child.fields.get(part ?? '') ?? field, line: Number(next), within: field, owner: child }
}

/** Faults as the tree of texts that rjsf hands down to its fields. */
export function faultTree(faults: readonly { readonly path: string; readonly text: string }[]): ErrorSchema {
  const root: ErrorSchema = {}
  for (const { path, text } of faults) {
    let node: ErrorSchema = root
    for (const segment of parsePointer(path)) {
      const inner: ErrorSchema = node[segment] ?? {}
      node[segment] = inner
      node = inner
    }
    node.__errors = [...(node.__errors ?? []), text]
  }
  return root
}

interface Walk {
  readonly path: readonly string[]
  readonly timeZone: string
}

function faultsIn(
  release: Release,
  fields: ReadonlyMap<string, Field>,
  values: JsonObject,
  { path, timeZone }: Walk,
): FieldProblem[] {
  return [...fields.values()].flatMap((field) => {
    const value = values[field.name] ?? null
    const walk = { path: [...path, field.name], timeZone }
    const text = unreadText(value)
    if (text !== undefined) return unreadFault(field, text, walk)
    if (isChildren(field)) return lineFaults(release, field, value, walk)
    return isObject(value) ? faultsIn(release, field.fields, value, walk) : []
  })
}

function lineFaults(release: Release, field: Field, value: Json, { path, timeZone }: Walk): FieldProblem[] {
  const child = release.entity(String(field.settings.entity))
  if (child === undefined) return []
  return linesOf(value).flatMap((line, index) =>
    faultsIn(release, child.fields, line, { path: [...path, String(index)], timeZone }),
  )
}

function unreadFault(field: Field, text: string, { path, timeZone }: Walk): FieldProblem {
  const read = valueOfText(field, text, { timeZone })
  const reason = read.ok ? { code: 'text.unread', message: textOfValue(field, read.value, { timeZone }) } : read
  return { path: toPointer(path), code: reason.code, message: reason.message }
}
