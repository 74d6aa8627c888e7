import { asObject, type Entity, isEqual, type Json, type JsonObject } from '@heddle/metadata'
import { isChildren, lineKey, linesOf, valuesOf } from '../fields/record-values.ts'
import type { Work } from './form-work.ts'
import { filledLines } from './record-of.ts'

/** What people had given when it was sent, and what they have given by now. */
interface Given {
  readonly sent: JsonObject
  readonly now: JsonObject
}

/** The work that is left once a save was answered with `record`: what was given while it was under way. */
export function workSince(entity: Entity, given: Given, record: JsonObject): Work {
  const base = valuesOf(entity, record)
  const values = withGivenSince(base, given)
  for (const { name } of [...entity.fields.values()].filter(isChildren)) {
    const { [name]: sent = null } = given.sent
    const { [name]: now = null } = given.now
    values[name] = isEqual(sent, now) ? (base[name] ?? null) : linesSince(base[name], { sent, now })
  }
  return { record, base, values }
}

/** Known lines are those of the answer; a line that was new when it was sent is the one that came back in its place. */
function linesSince(
  stored: Json | undefined,
  { sent, now }: { readonly sent: Json; readonly now: Json },
): JsonObject[] {
  const answered = linesOf(stored)
  const before = filledLines(sent)
  const known = new Map(
    before.flatMap((line, index): [unknown, { readonly sent: JsonObject; readonly stored: JsonObject }][] => {
      const place = before.length === answered.length ? answered[index] : undefined
      const same = line.id === undefined ? place : answered.find(({ id }) => id === line.id)
      return same === undefined ? [] : [[line[lineKey], { sent: line, stored: same }]]
    }),
  )
  return linesOf(now).map((line) => {
    const same = known.get(line[lineKey])
    return same === undefined ? line : withGivenSince(same.stored, { sent: same.sent, now: line })
  })
}

/** What is stored with what was given since on top; a line keeps the key it is drawn under. */
function withGivenSince(stored: JsonObject, { sent, now }: Given): JsonObject {
  const since = Object.entries(now).filter(([name, value]) => name !== '_related' && !isEqual(sent[name], value))
  const labels = asObject(now._related)
  const related = since.flatMap(([name]): [string, Json][] => {
    const label = labels[name]
    return label === undefined ? [] : [[name, label]]
  })
  return {
    ...stored,
    ...Object.fromEntries(since),
    ...(now[lineKey] === undefined ? {} : { [lineKey]: now[lineKey] }),
    _related: { ...asObject(stored._related), ...Object.fromEntries(related) },
  }
}
