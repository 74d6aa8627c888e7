import {
  asObject,
  asText,
  type Entity,
  type JsonObject,
  linesFields,
  type RelatedNeeds,
  type Release,
  relatedNeeds,
  relatedNeedsOfLines,
} from '@heddle/metadata'
import type { RecordKey } from '../api/records.ts'

/** Gives a record that has been read, undefined for others. */
export type KnownRecord = (key: RecordKey) => JsonObject | undefined

/** The records that expressions read through the lookups of a record and its lines. */
export interface Related {
  /** By the name of the lookup, nested as deep as paths lead. */
  readonly own: JsonObject
  /** The same for each line, by the name of the lines' field; the way back leads to the record. */
  readonly lines: { readonly [field: string]: readonly JsonObject[] }
  /** Every record that is needed, known or not; those behind an unknown one show once it is known. */
  readonly wanted: readonly RecordKey[]
}

/** Puts together what the expressions on a record (in stored form) read through lookups, out of what is known. */
export function relatedOf(release: Release, entity: Entity, record: JsonObject, known: KnownRecord): Related {
  const walk: Walk = { release, known, wanted: new Map() }
  const own = follow(walk, entity, record, relatedNeeds(release, entity))
  const lines = linesFields(entity).map((field): [string, JsonObject[]] => {
    const { name, settings } = field
    const child = release.entity(String(settings.entity))
    if (child === undefined) return [name, []]
    const rows = Array.isArray(record[name]) ? record[name].map(asObject) : []
    const needs = relatedNeedsOfLines(release, entity, field)
    return [name, relatedOfLines(walk, { entity, record }, { child, by: settings.by, rows, needs })]
  })
  return { own, lines: Object.fromEntries(lines), wanted: [...walk.wanted.values()] }
}

interface Walk {
  readonly release: Release
  readonly known: KnownRecord
  readonly wanted: Map<string, RecordKey>
}

interface Rows {
  readonly child: Entity
  /** The field of the child that leads to its parent. */
  readonly by: unknown
  readonly rows: readonly JsonObject[]
  readonly needs: RelatedNeeds
}

function relatedOfLines(
  walk: Walk,
  parent: { readonly entity: Entity; readonly record: JsonObject },
  { child, by, rows, needs }: Rows,
): JsonObject[] {
  const { lookups } = needs
  const back = asText(by) ?? ''
  const others = { ...needs, lookups: new Map([...lookups].filter(([name]) => name !== back)) }
  const beyond = lookups.get(back)
  const above = { ...parent.record, ...(beyond && follow(walk, parent.entity, parent.record, beyond)) }
  return rows.map((row) => ({ ...follow(walk, child, row, others), [back]: above }))
}

function follow(walk: Walk, entity: Entity, record: JsonObject, { lookups }: RelatedNeeds): JsonObject {
  const related: JsonObject = {}
  for (const [name, inner] of lookups) {
    const target = walk.release.entity(asText(entity.fields.get(name)?.settings.entity) ?? '')
    const id = asText(record[name])
    if (target === undefined || id === undefined) continue
    const key = { entity: target.name, id }
    walk.wanted.set(`${key.entity}/${id}`, key)
    const found = walk.known(key)
    if (found !== undefined) related[name] = { ...found, ...follow(walk, target, found, inner) }
  }
  return related
}
