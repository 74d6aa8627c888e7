import {
  type Clock,
  checkLogic,
  type Entity,
  type Field,
  isObject,
  isWithin,
  type JsonObject,
  type RecordFault,
  type Release,
  recordContext,
  withRate,
} from '@heddle/metadata'
import { isChildren } from '../fields/record-values.ts'
import { changedFields } from './changes.ts'
import { atFormPaths, unreadFaults } from './faults.ts'
import { filledLines, recordOf } from './record-of.ts'
import type { KnownRecord, Related } from './related-records.ts'
import { bodyFaults, type FormFault } from './validation.ts'

/** What a form is judged by besides its values. */
export interface Judging {
  readonly release: Release
  readonly entity: Entity
  /** As read; undefined for a new one. */
  readonly record: JsonObject | undefined
  /** The values that the record, or an untouched form, has. */
  readonly base: JsonObject
  readonly user: JsonObject | null
  readonly clock: Clock
  readonly known: KnownRecord
}

/** A form's values made ready for judging. */
export interface Judged {
  readonly judging: Judging
  /** What a save would send, as a form holds it. */
  readonly values: JsonObject
  /** The record in its stored form. */
  readonly whole: JsonObject
  readonly related: Related
}

const olds = new WeakMap<JsonObject, JsonObject>()

/** The record before, as expressions see it; the engine gives `old` no related records either. */
export function oldOf({ release, entity, record, clock }: Judging): JsonObject | null {
  if (record === undefined) return null
  const known = olds.get(record) ?? recordContext(release, entity, recordOf(release, entity, record, record), { clock })
  olds.set(record, known)
  return known
}

/** What does not fit, and what rules say of the rest: of a value that does not fit they would mean nothing. */
export function formFaults(judged: Judged): { readonly faults: FormFault[]; readonly warnings: FormFault[] } {
  const { judging, values } = judged
  const { release, entity, record, base, clock } = judging
  const unread = unreadFaults(release, entity, values, clock.timeZone)
  const isFree = (known: readonly FormFault[]) => (fault: FormFault) =>
    !known.some(({ path }) => isWithin(fault.path, path))
  const sent = { values, base: record === undefined ? undefined : base }
  const shape = atFormPaths(bodyFaults(release, entity, sent), entity, values).filter(isFree(unread))
  const logic = atFormPaths(logicFaults(judged), entity, values).filter(isFree([...unread, ...shape]))
  const isError = ({ severity }: RecordFault) => severity === 'error'
  return {
    faults: unique([...unread, ...shape, ...logic.filter(isError)]),
    warnings: unique(logic.filter((fault) => !isError(fault))),
  }
}

function unique(faults: readonly FormFault[]): FormFault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.code}`, fault])).values()]
}

/** What rules say of the record and, where they would be sent, of its lines. */
function logicFaults({ judging, values, whole, related }: Judged): RecordFault[] {
  const { release, entity, record, base, user, clock } = judging
  const own = checkLogic(release, entity, whole, { old: oldOf(judging), user, clock, related: related.own })
  const rate = entity.hasCurrency ? withRate(release, entity, whole, record ?? null).faults : []
  const sent = record === undefined ? [...entity.fields.values()] : changedFields(entity, base, values)
  return [
    ...rate,
    ...own,
    ...sent.filter(isChildren).flatMap((field) => lineLogicFaults(judging, field, { whole, related })),
  ]
}

function lineLogicFaults(
  { release, record, user, clock }: Judging,
  { name, settings }: Field,
  { whole, related }: Pick<Judged, 'whole' | 'related'>,
): RecordFault[] {
  const child = release.entity(String(settings.entity))
  const rows = whole[name]
  if (child === undefined || !Array.isArray(rows)) return []
  const by = String(settings.by)
  const before = filledLines(record?.[name])
  return rows.filter(isObject).flatMap((row, index) => {
    const old = before.find(({ id }) => id === row.id && id !== undefined) ?? null
    const around = { old, user, clock, related: related.lines[name]?.[index] ?? {} }
    return checkLogic(release, child, { ...row, [by]: 'parent' }, around)
      .filter((fault) => !isWithin(fault.path, `/${by}`))
      .map((fault) => ({ ...fault, path: `/${name}/${index}${fault.path}` }))
  })
}
