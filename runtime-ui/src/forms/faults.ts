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
export function atFormPaths(faults: readonly FieldProblem[], entity: Entity, values: JsonObject): FieldProblem[] {
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

/** The innermost field that a fault is at, and its line when it is in one. */
export function placeOf(
  release: Release,
  entity: Entity,
  path: string,
): { readonly field: Field | undefined; readonly line: number | undefined; readonly within: Field | undefined } {
  const [name = '', next, part] = parsePointer(path)
  const field = entity.fields.get(name)
  if (field === undefined || next === undefined) return { field, line: undefined, within: undefined }
  if (!isChildren(field)) return { field: field.fields.get(next) ?? field, line: undefined, within: field }
  const child = release.entity(String(field.settings.entity))
  return { field: child?.fields.get(part ?? '') ?? field, line: Number(next), within: field }
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
