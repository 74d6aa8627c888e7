import {
  dynamicState,
  type Entity,
  entityLogic,
  type FieldState,
  type JsonObject,
  linesFields,
  type Release,
  recordContext,
  withRate,
} from '@heddle/metadata'
import { lineKey } from '../fields/record-values.ts'
import { changedFields } from './changes.ts'
import { withFormDefaults } from './form-defaults.ts'
import { formFaults, type Judged, type Judging, oldOf } from './form-faults.ts'
import { filledLines, recordOf } from './record-of.ts'
import { type Related, relatedOf } from './related-records.ts'
import type { FormFault } from './validation.ts'

/** Everything the metadata says about the values of a form, worked out once per change. */
export interface Verdict {
  /** What people gave with defaults for the rest: what a save sends. */
  readonly values: JsonObject
  /** The values with formulas worked out. */
  readonly shown: JsonObject
  /** The record as expressions see it. */
  readonly context: JsonObject
  readonly states: ReadonlyMap<string, FieldState>
  /** The states of the fields of lines whose rules differ from line to line, by the key of the line. */
  readonly lineStates: ReadonlyMap<string, ReadonlyMap<string, FieldState>>
  /** What keeps the values from being saved, the same as the engine would say. */
  readonly faults: readonly FormFault[]
  /** What is doubtful but may be saved. */
  readonly warnings: readonly FormFault[]
}

/** Judges what people gave as the engine would. */
export function judgeForm(judging: Judging, authored: JsonObject): Verdict {
  const { release, entity, known, clock, user } = judging
  const values = defaultedValues(judging, authored)
  const whole = wholeRecord(judging, values)
  const related = relatedOf(release, entity, whole, known)
  const context = recordContext(release, entity, whole, { user, clock, old: oldOf(judging), related: allOf(related) })
  const parts: Parts = { judging, values, whole, related, context }
  return {
    values,
    shown: withFormulas(parts),
    context,
    states: statesOf(parts),
    lineStates: lineStatesOf(parts),
    ...formFaults(parts),
  }
}

/** What people gave with defaults for the rest. */
export function defaultedValues(
  { release, entity, record, known, clock, user }: Judging,
  authored: JsonObject,
): JsonObject {
  const related = relatedOf(release, entity, recordOf(release, entity, authored, record), known)
  return withFormDefaults(authored, { release, entity, isNew: record === undefined, related, user, clock })
}

interface Parts extends Judged {
  readonly context: JsonObject
}

/** The record as it would be stored, with the rate that the engine would freeze. */
function wholeRecord({ release, entity, record, base }: Judging, values: JsonObject): JsonObject {
  const whole = recordOf(release, entity, values, record)
  if (!entity.hasCurrency) return whole
  const changed = changedFields(entity, base, values).map(({ name }) => [name, whole[name] ?? null])
  const given = record === undefined ? whole : Object.fromEntries(changed)
  return { ...whole, ...withRate(release, entity, given, record ?? null).values }
}

function allOf({ own, lines }: Related): JsonObject {
  return { ...own, ...Object.fromEntries(Object.entries(lines).map(([name, rows]) => [name, [...rows]])) }
}

function withFormulas({ judging, values, context }: Parts): JsonObject {
  const { release, entity } = judging
  const shown: JsonObject = { ...values, ...formulasOf(release, entity, context) }
  for (const { name, settings } of linesFields(entity)) {
    const child = release.entity(String(settings.entity))
    const rows = context[name]
    if (child === undefined || !Array.isArray(rows) || !Array.isArray(shown[name])) continue
    const filled = filledLines(shown[name])
    shown[name] = shown[name].map((line) => {
      const row = isRecord(line) ? rows[filled.indexOf(line)] : undefined
      return isRecord(row) && isRecord(line) ? { ...line, ...formulasOf(release, child, row) } : line
    })
  }
  return shown
}

function formulasOf(release: Release, entity: Entity, context: JsonObject): JsonObject {
  const { formulas } = entityLogic(release, entity)
  return Object.fromEntries(formulas.map(({ field: { name } }) => [name, context[name] ?? null]))
}

/** A field that somebody changed stays open even when it closes, so that it can be put back. */
function statesOf({ judging, values, context }: Parts): ReadonlyMap<string, FieldState> {
  const { release, entity, record, base, clock } = judging
  const states = dynamicState(release, entity, context, { clock })
  if (record === undefined) return states
  const changed = new Set(changedFields(entity, base, values).map(({ name }) => name))
  return new Map(
    [...states].map(([name, state]) => [name, changed.has(name) ? { ...state, isReadOnly: false } : state]),
  )
}

function lineStatesOf({ judging, values, related, context }: Parts): Verdict['lineStates'] {
  const { release, entity, user, clock } = judging
  const states = new Map<string, ReadonlyMap<string, FieldState>>()
  for (const { name, settings } of linesFields(entity)) {
    const child = release.entity(String(settings.entity))
    const logic = child && entityLogic(release, child)
    if (child === undefined || logic === undefined || logic.conditions.size + logic.options.size === 0) continue
    const rows = Array.isArray(context[name]) ? context[name] : []
    for (const [index, line] of filledLines(values[name]).entries()) {
      const row = { ...asRecord(rows[index]), ...related.lines[name]?.[index], old: null, user }
      states.set(String(line[lineKey]), dynamicState(release, child, row, { clock }))
    }
  }
  return states
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asRecord(value: unknown): JsonObject {
  return isRecord(value) ? value : {}
}
