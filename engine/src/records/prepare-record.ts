import {
  asObject,
  checkOtherFields,
  type Entity,
  type Field,
  isObject,
  type JsonObject,
  linesFields,
  type RecordFault,
  withConstants,
  withDefaults,
  withRate,
} from '@heddle/metadata'
import { type Grant, grantFor } from '../access/grant.ts'
import { currentNames } from './current-names.ts'
import { judgeRecord, surround } from './judge-record.ts'
import { lineFaults, newLineFaults, type PreparedLines, prepareLines } from './prepare-lines.ts'
import { deniedFields, deniedOwner, refuse, requireObject, schemaFaults } from './validate-record.ts'
import type { CurrentRecord, WriteContext } from './write-record.ts'

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
    ...deniedOwner(reader, grant, body, null),
    ...rateFaults,
  ]
  refuse([
    ...faults,
    ...checkOtherFields(entity.fields, values, faults),
    ...lines.flatMap((each) => lineFaults(each, faults)),
  ])
  return { values, lines, warnings: await judgeRecord(context, entity, { values, lines, old: null }) }
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
  const { release, actor } = context.reader
  const { own: given, lines: givenLines } = splitLines(entity, patch)
  const { values: own, faults: rateFaults } = withRate(release, entity, given, current.values)
  const merged = { ...current.values, ...own }
  const lines = await prepareLines(context, givenLines, { id: current.id, values: merged })
  const owner = deniedOwner(context.reader, grantFor(release, actor, entity), patch, current.values)
  const faults = [...owner, ...rateFaults, ...lines.flatMap((each) => newLineFaults(context, each))]
  refuse([...faults, ...lines.flatMap((each) => lineFaults(each, faults))])
  return { values: own, lines, warnings: await judgeRecord(context, entity, { values: merged, lines, old: current }) }
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
