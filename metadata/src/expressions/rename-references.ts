import { checkExpression } from './check-expression.ts'
import { type Step, walkExpression } from './typed-expression.ts'
import type { Scope } from './types.ts'

/** The new name of the last field of a path, as written out from the record; undefined where it keeps its name. */
export type Rename = (path: readonly string[]) => string | undefined

/**
 * Rewrites the fields' names in a text and keeps every other byte. The scope holds the old names; a text that does not
 * pass the check in it comes back as it was.
 */
export function renameReferences(text: string, scope: Scope, rename: Rename): string {
  const checked = checkExpression(text, scope)
  if (!checked.ok) return text
  const steps = new Map<number, Step>()
  for (const node of walkExpression(checked.expression)) {
    if (node.node === 'reference' || node.node === 'element') for (const step of node.steps) steps.set(step.from, step)
  }
  return [...steps.values()]
    .sort((a, b) => b.from - a.from)
    .reduce((renamed, { path, from, to }) => {
      const name = rename(path)
      return name === undefined ? renamed : renamed.slice(0, from) + name + renamed.slice(to)
    }, text)
}
