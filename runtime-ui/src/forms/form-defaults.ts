import {
  type Clock,
  type Entity,
  entityLogic,
  isObject,
  type Json,
  type JsonObject,
  type Release,
  withConstants,
  withDefaults,
} from '@heddle/metadata'
import { isBlankLine, isChildren, linesOf } from '../fields/record-values.ts'
import { recordOf } from './record-of.ts'
import type { Related } from './related-records.ts'

/** What defaults depend on besides the values. */
export interface DefaultsContext {
  readonly release: Release
  readonly entity: Entity
  /** The record itself gets defaults only while it is new; new lines always do. */
  readonly isNew: boolean
  readonly related: Related
  readonly user: JsonObject | null
  readonly clock: Clock
}

/**
 * The values with defaults for whatever nobody has written: absent values have one, values that were cleared have not.
 * Lines get theirs once something stands in them.
 */
export function withFormDefaults(values: JsonObject, context: DefaultsContext): JsonObject {
  const { release, entity, isNew, related } = context
  const own = isNew ? defaultsOf(values, entity, { ...context, related: related.own }) : {}
  const lines = [...entity.fields.values()].filter(isChildren).map((field): [string, Json] => {
    const child = release.entity(String(field.settings.entity))
    const value = values[field.name] ?? null
    if (child === undefined) return [field.name, value]
    const by = { [String(field.settings.by)]: 'parent' }
    return [field.name, linesWith(value, { child, by, related: related.lines[field.name] ?? [] }, context)]
  })
  return { ...values, ...own, ...Object.fromEntries(lines.filter(([, value]) => value !== null)) }
}

interface Lines {
  readonly child: Entity
  /** The way back, which the engine sets. */
  readonly by: JsonObject
  /** What each line that holds something reads through lookups. */
  readonly related: readonly JsonObject[]
}

function linesWith(value: Json, { child, by, related }: Lines, context: DefaultsContext): Json {
  if (value === null) return null
  let filled = 0
  return linesOf(value).map((line) => {
    if (isBlankLine(line)) return line
    const around = related[filled] ?? {}
    filled += 1
    if (line.id !== undefined) return line
    return { ...line, ...defaultsOf({ ...line, ...by }, child, { ...context, related: around }) }
  })
}

interface Around extends Pick<DefaultsContext, 'release' | 'user' | 'clock'> {
  readonly related: JsonObject
}

/** What absent values of one record get, and groups that somebody wrote into for their absent parts. */
function defaultsOf(values: JsonObject, entity: Entity, { release, user, clock, related }: Around): JsonObject {
  const fields = [...entity.fields.values()]
  const constants = fields.filter(({ source }) => source.default !== undefined)
  const { defaults } = entityLogic(release, entity)
  const absent = [...constants, ...defaults.map(({ field }) => field)].filter(({ name }) => values[name] === undefined)
  const groups = fields.filter((field) => field.fields.size > 0 && isObject(values[field.name]))
  if (absent.length + groups.length === 0) return {}
  const given = withConstants(entity, recordOf(release, entity, values, values))
  const whole = withDefaults(release, entity, given, { user, clock, related })
  return Object.fromEntries(
    [...absent, ...groups].flatMap(({ name }): [string, Json][] => {
      const value = whole[name]
      const written = values[name]
      if (value === undefined) return []
      return [[name, isObject(value) && isObject(written) ? { ...value, ...written } : value]]
    }),
  )
}
