import {
  type Clock,
  checkLogic,
  type Entity,
  entityLogic,
  type JsonObject,
  linesFields,
  type RecordFault,
  recordContext,
  relatedNeeds,
} from '@heddle/metadata'
import { toldTo } from '../access/language.ts'
import { loadRelated, loadRelatedOfLines } from './load-related.ts'
import type { PreparedLine, PreparedLines } from './prepare-lines.ts'
import { readLines } from './read-lines.ts'
import { surroundingsOf } from './surroundings.ts'
import { refuse } from './validate-record.ts'
import type { WriteContext } from './write-context.ts'
import type { CurrentRecord } from './write-record.ts'

/** What expressions about a record know besides it: who acts, when, and the records that they read through lookups. */
export async function surround(context: WriteContext, entity: Entity, values: JsonObject) {
  const [related = {}] = await loadRelated(context, entity, [values], relatedNeeds(context.reader.release, entity))
  return { ...surroundingsOf(context), related }
}

/** Holds the record as it would be, and each of its lines, against the rules; gives the warnings. */
export async function judgeRecord(
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
  const beside = await loadRelatedOfLines(context, entity, { values: whole.values, lines })
  const related = { ...surroundings.related, ...beside }
  const faults = checkLogic(
    release,
    toldTo(context.reader, entity),
    { ...whole.values, ...lines },
    { ...surroundings, related, old },
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
  for (const { field, by, lines: rows } of lines) {
    result[field.name] = rows.map(({ current, values }) => ({ ...current?.values, ...values, [by.name]: 'parent' }))
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
  const asItWas = (line: PreparedLine | undefined) =>
    line?.current === undefined
      ? null
      : recordContext(release, child, line.current.values, { clock: surroundings.clock })
  return rows.flatMap((row, index) =>
    checkLogic(
      release,
      told,
      { ...row, [by.name]: 'parent' },
      {
        user: surroundings.user,
        clock: surroundings.clock,
        old: asItWas(lines[index]),
        related: { ...related[index], [by.name]: parent },
      },
    )
      .filter((fault) => fault.path !== `/${by.name}`)
      .map((fault) => ({ ...fault, path: `/${field.name}/${index}${fault.path}` })),
  )
}
