import {
  checkOtherFields,
  type Entity,
  type Field,
  type JsonObject,
  normaliseFields,
  relatedNeeds,
  withConstants,
  withDefaults,
  withRate,
} from '@heddle/metadata'
import { grantFor, requireVerb } from '../access/grant.ts'
import type { FieldError } from '../errors.ts'
import { changedNames } from './changed-names.ts'
import { loadRelated } from './load-related.ts'
import { type Line, readLines } from './read-lines.ts'
import { requireRows } from './require-rows.ts'
import { surroundingsOf } from './surroundings.ts'
import { deniedFields, deniedOwner, refuse, schemaFaults } from './validate-record.ts'
import type { WriteContext } from './write-context.ts'

/** One line as it will be written. */
export interface PreparedLine {
  /** The line as it is; undefined for a new one. */
  readonly current: Line | undefined
  /** A new line's values, or what changes of a known one. */
  readonly values: JsonObject
  /** What stands against it already; paths begin at the line. */
  readonly faults: readonly FieldError[]
}

/** The lines of one field as they will be. */
export interface PreparedLines {
  readonly field: Field
  readonly child: Entity
  readonly by: Field
  readonly lines: readonly PreparedLine[]
  /** Lines that go to the trash. */
  readonly gone: readonly Line[]
}

interface Parent {
  readonly id: string | undefined
  readonly values: JsonObject
}

/**
 * Completes the given lines of a record: known ones by what changes of them, new ones with their defaults. They are
 * written with their parent and yet records of their own, so they take the same rights.
 * @throws Fault 403 without the right to what happens to a line; 422 for lines that are none of the record's
 */
export async function prepareLines(
  context: WriteContext,
  given: ReadonlyMap<Field, readonly JsonObject[]>,
  parent: Parent,
): Promise<PreparedLines[]> {
  const prepared: PreparedLines[] = []
  for (const [field, rows] of given) {
    const child = context.reader.release.entity(String(field.settings.entity))
    const by = child?.fields.get(String(field.settings.by))
    if (child === undefined || by === undefined) continue
    const existing = parent.id === undefined ? new Map<string, Line>() : await readLines(context, child, by, parent.id)
    refuse(idFaults(field, rows, existing))
    const lines = await completeLines(context, { child, by }, rows, existing, parent)
    const kept = new Set(lines.map((line) => line.current?.id))
    const gone = [...existing.values()].filter((line) => !kept.has(line.id))
    const each = { field, child, by, lines, gone }
    await requireRights(context, each)
    prepared.push(each)
  }
  return prepared
}

/** Lines are told by their ids, each once. */
function idFaults(
  field: Field,
  rows: readonly JsonObject[],
  existing: ReadonlyMap<string, Line>,
): readonly FieldError[] {
  const seen = new Set<string>()
  return rows.flatMap(({ id }, index) => {
    if (typeof id !== 'string') return []
    const path = `/${field.name}/${index}/id`
    if (seen.has(id))
      return [{ path, code: 'line.repeated', message: 'This line is named twice; send each line once.' }]
    seen.add(id)
    const message = 'This line is not one of the record; leave its “id” out to add it.'
    return existing.has(id) ? [] : [{ path, code: 'reference.unknown', message }]
  })
}

/** Their order is the parent's, so a line that only moves takes no right. */
async function requireRights(context: WriteContext, prepared: PreparedLines): Promise<void> {
  const { release, actor } = context.reader
  const { child, lines, gone } = prepared
  const changed = changedLines(prepared)
  if (lines.some(({ current }) => current === undefined)) requireVerb(release, actor, child, 'create')
  if (changed.length > 0) requireVerb(release, actor, child, 'update')
  if (gone.length > 0) requireVerb(release, actor, child, 'delete')
  await requireRows(context, child, changed, 'update')
  await requireRows(
    context,
    child,
    gone.map(({ id }) => id),
    'delete',
  )
}

/** Ids of the lines that change otherwise than in their order. */
export function changedLines({ lines }: Pick<PreparedLines, 'lines'>): string[] {
  return lines.flatMap(({ current, values }) =>
    current !== undefined && changedNames(current.values, values).length > 0 ? [current.id] : [],
  )
}

async function completeLines(
  context: WriteContext,
  { child, by }: { child: Entity; by: Field },
  rows: readonly JsonObject[],
  existing: ReadonlyMap<string, Line>,
  parent: Parent,
): Promise<PreparedLine[]> {
  const { reader } = context
  const { release } = reader
  const grant = grantFor(release, reader.actor, child)
  const constant = rows.map(({ id: _id, ...values }) => withConstants(child, values))
  const related = await loadRelated(context, child, constant, relatedNeeds(release, child))
  return rows.map(({ id, ...values }, index): PreparedLine => {
    const current = existing.get(String(id))
    const denied = [
      ...deniedFields(reader, child, grant, values),
      ...deniedOwner(reader, grant, values, current?.values ?? null),
    ]
    if (current !== undefined) {
      const rated = withRate(release, child, normaliseFields(child.fields, values), current.values)
      return { current, values: rated.values, faults: [...denied, ...rated.faults] }
    }
    const surroundings = {
      ...surroundingsOf(context),
      related: { ...related[index], [by.name]: parent.values },
    }
    const whole = { ...(constant[index] ?? {}), [by.name]: 'parent' }
    const { [by.name]: _parent, ...filled } = withDefaults(release, child, whole, surroundings)
    const rated = withRate(release, child, filled, null)
    return { current: undefined, values: rated.values, faults: [...denied, ...rated.faults] }
  })
}

/** What the schema says against new lines of a change, which the schema of a patch leaves open. */
export function newLineFaults({ reader }: WriteContext, { field, child, by, lines }: PreparedLines) {
  const parent = { [by.name]: '00000000-0000-7000-8000-000000000000' }
  return lines.flatMap(({ current, values }, index) =>
    current === undefined
      ? schemaFaults(reader, child, 'create', { ...values, ...parent }).map((fault) => ({
          ...fault,
          path: `/${field.name}/${index}${fault.path}`,
        }))
      : [],
  )
}

/** What stands against lines besides their schema, and besides what is known. */
export function lineFaults({ field, child, lines }: PreparedLines, known: readonly FieldError[]): FieldError[] {
  return lines.flatMap(({ values, faults }, index) => {
    const at = `/${field.name}/${index}`
    const own = faults.map((fault) => ({ ...fault, path: `${at}${fault.path}` }))
    return [...own, ...checkOtherFields(child.fields, values, [...known, ...own], at)]
  })
}
