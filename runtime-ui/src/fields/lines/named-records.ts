import type { Entity, Field, JsonObject, Release } from '@heddle/metadata'
import { ApiProblem } from '../../api/problem.ts'
import { unreadText } from '../unread.ts'
import { type RecordChoice, recordLabelled } from '../widgets/record-choices.ts'
import { withValue } from './line-value.ts'

/** Lines whose lookups may hold the names of records instead of the records. */
interface Named {
  readonly release: Release
  readonly fields: readonly Field[]
  readonly lines: readonly JsonObject[]
}

/** The records that were found, by what was looked for. */
type Found = ReadonlyMap<string, RecordChoice>

/** How many names are looked for at a time. */
const atOnce = 4

/** Looks for each name once; `isComplete` when the engine answered for all of them. */
export async function findNamed(
  named: Named,
  find: typeof recordLabelled = recordLabelled,
): Promise<{ readonly found: Found; readonly isComplete: boolean }> {
  const wanted = new Map(namesIn(named).map(({ target, text }) => [keyOf(target, text), { target, text }]))
  const waiting = wanted.entries()
  const found = new Map<string, RecordChoice>()
  let isComplete = true
  const work = async () => {
    for (const [key, { target, text }] of waiting) {
      try {
        const choice = await find(target, text)
        if (choice !== undefined) found.set(key, choice)
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        isComplete = false
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { found, isComplete }
}

/** The lines with the records that were found, wherever their names still stand. */
export function withNamed(named: Named, found: Found): JsonObject[] {
  const lines = [...named.lines]
  for (const { target, text, field, row } of namesIn(named)) {
    const choice = found.get(keyOf(target, text))
    const line = lines[row]
    if (choice === undefined || line === undefined) continue
    lines[row] = withValue(line, field, choice.id, { id: choice.id, label: choice.label })
  }
  return lines
}

function namesIn({ release, fields, lines }: Named) {
  return fields.flatMap((field) => {
    const target = release.entity(String(field.settings.entity))
    return lines.flatMap((line, row) => {
      const text = unreadText(line[field.name])
      return target === undefined || text === undefined ? [] : { target, text, field, row }
    })
  })
}

function keyOf({ name }: Entity, text: string): string {
  return `${name} ${text}`
}
