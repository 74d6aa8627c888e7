import {
  checkOtherFields,
  type Entity,
  type Field,
  type JsonObject,
  relatedNeeds,
  withConstants,
  withDefaults,
} from '@heddle/metadata'
import { type FieldError, missingReference } from '../errors.ts'
import { loadRelated } from './load-related.ts'
import { type Line, readLines } from './read-lines.ts'
import { surroundingsOf } from './surroundings.ts'
import { schemaFaults } from './validate-record.ts'
import type { WriteContext } from './write-context.ts'

/** One line as it will be written. */
export interface PreparedLine {
  /** The line as it is; undefined for a new one. */
  readonly current: Line | undefined
  /** A new line's values, or what changes of a known one. */
  readonly values: JsonObject
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

/** Completes the given lines of a record: known ones by what changes of them, new ones with their defaults. @throws Fault 422 */
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
    const lines = await completeLines(context, { field, child, by }, rows, existing, parent)
    const kept = new Set(lines.map((line) => line.current?.id))
    prepared.push({ field, child, by, lines, gone: [...existing.values()].filter((line) => !kept.has(line.id)) })
  }
  return prepared
}

async function completeLines(
  context: WriteContext,
  { field, child, by }: { field: Field; child: Entity; by: Field },
  rows: readonly JsonObject[],
  existing: ReadonlyMap<string, Line>,
  parent: Parent,
): Promise<PreparedLine[]> {
  const { release } = context.reader
  const constant = rows.map(({ id: _id, ...values }) => withConstants(child, values))
  const related = await loadRelated(context, child, constant, relatedNeeds(release, child))
  return rows.map(({ id, ...values }, index): PreparedLine => {
    if (typeof id === 'string') {
      const current = existing.get(id)
      if (current !== undefined) return { current, values: normalisedPatch(child, values) }
      throw missingReference(
        `/${field.name}/${index}/id`,
        'This line is not one of the record; leave its “id” out to add it.',
      )
    }
    const surroundings = {
      ...surroundingsOf(context),
      related: { ...related[index], [by.name]: parent.values },
    }
    const whole = { ...(constant[index] ?? {}), [by.name]: 'parent' }
    const { [by.name]: _parent, ...filled } = withDefaults(release, child, whole, surroundings)
    return { current: undefined, values: filled }
  })
}

/** A known line's changes in stored form; constants are for new lines only. */
function normalisedPatch(child: Entity, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(withConstants(child, values)).filter(([name]) => Object.hasOwn(values, name)),
  )
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

/** What the field types say against lines, besides what is known. */
export function lineFieldFaults({ field, child, lines }: PreparedLines, known: readonly FieldError[]): FieldError[] {
  return lines.flatMap(({ values }, index) => checkOtherFields(child.fields, values, known, `/${field.name}/${index}`))
}
