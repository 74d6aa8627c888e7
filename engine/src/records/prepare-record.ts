import {
  asObject,
  type Clock,
  checkLogic,
  checkOtherFields,
  type Entity,
  entityLogic,
  type Field,
  isObject,
  type JsonObject,
  linesFields,
  type RecordFault,
  recordContext,
  relatedNeeds,
  withConstants,
  withDefaults,
  withRate,
} from '@heddle/metadata'
import type { Grant } from '../access/grant.ts'
import { toldTo } from '../access/language.ts'
import { type FieldError, missingReference } from '../errors.ts'
import { currentNames } from './current-names.ts'
import { loadRelated } from './load-related.ts'
import { type Line, readLines } from './read-lines.ts'
import { surroundingsOf } from './surroundings.ts'
import { deniedFields, refuse, requireObject, schemaFaults } from './validate-record.ts'
import type { CurrentRecord, WriteContext } from './write-record.ts'

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

/** A record that may be written: complete, in stored form, and against no rule. */
export interface PreparedRecord {
  readonly values: JsonObject
  readonly lines: readonly PreparedLines[]
  readonly warnings: readonly RecordFault[]
}

/**
 * A new record with its lines: defaults filled in, checked against schema, types and rules.
 * @throws Fault 422 naming everything that does not fit
 */
export async function prepareCreate(
  context: WriteContext,
  entity: Entity,
  grant: Grant,
  input: unknown,
): Promise<PreparedRecord> {
  const body = currentNames(context.reader.release, entity, requireObject(input))
  const { own, lines: given } = splitLines(entity, body)
  const { release } = context.reader
  const constant = withConstants(entity, own)
  const surroundings = await surround(context, entity, constant)
  const { values, faults: rateFaults } = withRate(
    release,
    entity,
    withDefaults(release, entity, constant, surroundings),
    null,
  )
  const lines = await prepareLines(context, given, { id: undefined, values })
  const whole = {
    ...values,
    ...Object.fromEntries(lines.map(({ field, lines: rows }) => [field.name, rows.map((row) => row.values)])),
  }
  const { reader } = context
  const faults = [
    ...schemaFaults(reader, entity, 'create', whole),
    ...deniedFields(reader, entity, grant, body),
    ...rateFaults,
  ]
  refuse([
    ...faults,
    ...checkOtherFields(entity.fields, values, faults),
    ...lines.flatMap((each) => lineFieldFaults(each, faults)),
  ])
  return { values, lines, warnings: await judge(context, entity, { values, lines, old: null }) }
}

/**
 * What a parsed merge patch makes of a record and its lines, checked as the record would be.
 * @throws Fault 422 naming everything that does not fit
 */
export async function preparePatch(
  context: WriteContext,
  entity: Entity,
  { patch, current }: { readonly patch: JsonObject; readonly current: CurrentRecord },
): Promise<PreparedRecord> {
  const { own: given, lines: givenLines } = splitLines(entity, patch)
  const { values: own, faults: rateFaults } = withRate(context.reader.release, entity, given, current.values)
  const merged = { ...current.values, ...own }
  const lines = await prepareLines(context, givenLines, { id: current.id, values: merged })
  const faults = [...rateFaults, ...lines.flatMap((each) => newLineFaults(context, each))]
  refuse([...faults, ...lines.flatMap((each) => lineFieldFaults(each, faults))])
  return { values: own, lines, warnings: await judge(context, entity, { values: merged, lines, old: current }) }
}

async function surround(context: WriteContext, entity: Entity, values: JsonObject) {
  const [related = {}] = await loadRelated(context, entity, [values], relatedNeeds(context.reader.release, entity))
  return { ...surroundingsOf(context), related }
}

function splitLines(entity: Entity, body: JsonObject): { own: JsonObject; lines: Map<Field, JsonObject[]> } {
  const own: JsonObject = { ...body }
  const lines = new Map<Field, JsonObject[]>()
  for (const field of linesFields(entity)) {
    const rows = own[field.name]
    if (rows === undefined) continue
    refuse(
      Array.isArray(rows) && rows.every(isObject)
        ? []
        : [{ path: `/${field.name}`, code: 'value.type', message: 'Must be a list of lines.' }],
    )
    delete own[field.name]
    lines.set(field, Array.isArray(rows) ? rows.map(asObject) : [])
  }
  return { own, lines }
}

interface Parent {
  readonly id: string | undefined
  readonly values: JsonObject
}

async function prepareLines(
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

function newLineFaults({ reader }: WriteContext, { field, child, by, lines }: PreparedLines) {
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

function lineFieldFaults({ field, child, lines }: PreparedLines, known: readonly FieldError[]): FieldError[] {
  return lines.flatMap(({ values }, index) => checkOtherFields(child.fields, values, known, `/${field.name}/${index}`))
}

/** Holds the record as it would be, and each of its lines, against the rules; gives the warnings. */
async function judge(
  context: WriteContext,
  entity: Entity,
  whole: { values: JsonObject; lines: readonly PreparedLines[]; old: CurrentRecord | null },
): Promise<RecordFault[]> {
  const { release } = context.reader
  if (!hasLogic(context, entity) && whole.lines.every(({ child }) => !hasLogic(context, child))) return []
  const surroundings = await surround(context, entity, whole.values)
  const old =
    whole.old === null ? null : recordContext(release, entity, whole.old.values, { clock: surroundings.clock })
  const lines = await wholeLines(context, entity, whole)
  const faults = checkLogic(
    release,
    toldTo(context.reader, entity),
    { ...whole.values, ...lines },
    { ...surroundings, old },
  )
  for (const each of whole.lines) faults.push(...(await judgeLines(context, each, whole.values, surroundings)))
  refuse(
    faults.filter((fault) => fault.severity === 'error').map(({ path, code, message }) => ({ path, code, message })),
  )
  return faults
}

function hasLogic({ reader }: WriteContext, entity: Entity): boolean {
  const { rules, conditions, options } = entityLogic(reader.release, entity)
  return rules.length + conditions.size + options.size > 0
}

/** The lines as they would be; those that the write leaves alone are read when an expression looks at them. */
async function wholeLines(
  context: WriteContext,
  entity: Entity,
  { lines, old }: { lines: readonly PreparedLines[]; old: CurrentRecord | null },
): Promise<JsonObject> {
  const result: JsonObject = {}
  for (const { field, lines: rows } of lines) {
    result[field.name] = rows.map(({ current, values }) => ({ ...current?.values, ...values }))
  }
  const read = new Set(entityLogic(context.reader.release, entity).paths.map(([first]) => first))
  for (const field of linesFields(entity)) {
    if (old === null || result[field.name] !== undefined || !read.has(field.name)) continue
    const child = context.reader.release.entity(String(field.settings.entity))
    const by = child?.fields.get(String(field.settings.by))
    if (child === undefined || by === undefined) continue
    result[field.name] = [...(await readLines(context, child, by, old.id)).values()].map((line) => line.values)
  }
  return result
}

async function judgeLines(
  context: WriteContext,
  { field, child, by, lines }: PreparedLines,
  parent: JsonObject,
  surroundings: { user: JsonObject; clock: Clock },
): Promise<RecordFault[]> {
  if (!hasLogic(context, child)) return []
  const { release } = context.reader
  const rows = lines.map(({ current, values }) => ({ ...current?.values, ...values }))
  const related = await loadRelated(context, child, rows, relatedNeeds(release, child))
  const told = toldTo(context.reader, child)
  return rows.flatMap((row, index) =>
    checkLogic(
      release,
      told,
      { ...row, [by.name]: 'parent' },
      {
        user: surroundings.user,
        clock: surroundings.clock,
        old: lines[index]?.current?.values ?? null,
        related: { ...related[index], [by.name]: parent },
      },
    )
      .filter((fault) => fault.path !== `/${by.name}`)
      .map((fault) => ({ ...fault, path: `/${field.name}/${index}${fault.path}` })),
  )
}
