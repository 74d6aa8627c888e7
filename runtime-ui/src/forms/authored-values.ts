import { type Entity, isEqual, type Json, type JsonObject } from '@heddle/metadata'
import { isChildren, lineKey, linesOf } from '../fields/record-values.ts'

/** A form's values: what people gave, and what is shown with defaults and formulas on top. */
interface Sides {
  readonly authored: JsonObject
  readonly shown: JsonObject
}

/**
 * What people gave, once the shown values have become `next`: what differs from what was shown is theirs, everything
 * else stays as it was, so that untouched defaults go on following what they depend on.
 */
export function authoredValues(entity: Entity, { authored, shown }: Sides, next: JsonObject): JsonObject {
  const kept = keepAuthored({ authored, shown }, next)
  for (const { name } of [...entity.fields.values()].filter(isChildren)) {
    if (next[name] === undefined) continue
    kept[name] = linesOf(next[name]).map((line) => {
      const before = { authored: lineOf(authored[name], line), shown: lineOf(shown[name], line) }
      return before.authored === undefined || before.shown === undefined
        ? line
        : keepAuthored({ authored: before.authored, shown: before.shown }, line)
    })
  }
  return kept
}

function keepAuthored({ authored, shown }: Sides, next: JsonObject): JsonObject {
  const entries = Object.entries(next).flatMap(([name, value]): [string, Json][] => {
    const kept = isEqual(shown[name] ?? null, value ?? null) ? authored[name] : value
    return kept === undefined ? [] : [[name, kept]]
  })
  return Object.fromEntries(entries)
}

function lineOf(lines: Json | undefined, { [lineKey]: key }: JsonObject): JsonObject | undefined {
  return linesOf(lines).find((line) => line[lineKey] === key)
}
