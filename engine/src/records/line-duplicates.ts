import { faultWithin } from '../errors.ts'
import {
  type DuplicateRule,
  type Duplicates,
  duplicateFault,
  findDuplicates,
  holdOff,
  touchedRules,
} from './duplicates.ts'
import type { PreparedLine, PreparedLines } from './prepare-lines.ts'
import { readableIds } from './require-rows.ts'
import type { WriteContext } from './write-context.ts'

/** Before lines are written, holds off whoever writes the same ones: their locks come before those of rows. */
export async function holdOffLines(context: WriteContext, parentId: string, prepared: PreparedLines): Promise<void> {
  const { child, lines } = prepared
  for (const rule of child.duplicates) {
    const wanted = lines.filter((line) => isHeldAgainst(prepared, rule, line))
    if (wanted.length > 0)
      await holdOff(
        context,
        child,
        rule,
        wanted.map((line) => wholeOf(prepared, parentId, line)),
      )
  }
}

/**
 * Holds written lines against the rules of their entity, afterwards: they stand beside each other as they will, without
 * those that went. Gives the lines that rules warn of.
 * @throws Fault 409 for a line that a rule blocks
 */
export async function checkLineDuplicates(
  context: WriteContext,
  parentId: string,
  prepared: PreparedLines,
  ids: readonly string[],
): Promise<Duplicates[]> {
  const { field, child, by } = prepared
  const lines = prepared.lines.map((line, index) => ({
    ...line,
    id: ids[index] ?? '',
    path: `/${field.name}/${index}`,
  }))
  const isNew = new Set(lines.filter(({ current }) => current === undefined).map(({ id }) => id))
  const warnings: Duplicates[] = []
  for (const rule of child.duplicates) {
    const written = lines.filter((line) => isHeldAgainst(prepared, rule, line))
    if (written.length === 0) continue
    const records = written.map((line) => ({ ...wholeOf(prepared, parentId, line), self: line.id }))
    const matches = await findDuplicates(context, child, rule, records)
    const found = written.flatMap(({ path }, index) => ({ path, ids: matches[index] ?? [] })).filter(isFound)
    const last = found.at(-1)
    if (rule.action === 'block' && last !== undefined) {
      // New lines never come to be: nobody could look at those.
      const stored = last.ids.filter((id) => !isNew.has(id))
      const sent = { ...rule, match: rule.match.filter((name) => name !== by.name) }
      throw faultWithin(await duplicateFault(context, child, sent, stored), last.path)
    }
    for (const { path, ids } of found)
      warnings.push({ rule: rule.id, ids: await readableIds(context, child, ids), path })
  }
  return warnings
}

function isFound({ ids }: { readonly ids: readonly string[] }): boolean {
  return ids.length > 0
}

function isHeldAgainst({ child }: PreparedLines, rule: DuplicateRule, { current, values }: PreparedLine): boolean {
  return current === undefined || touchedRules(child, current, values).includes(rule)
}

function wholeOf({ by }: PreparedLines, parentId: string, { current, values }: PreparedLine) {
  return { values: { ...current?.values, ...values, [by.name]: parentId } }
}
