import {
  applyChanges,
  type Change,
  diffDocuments,
  isEqual,
  type Json,
  type JsonObject,
  keyedForm,
  listedForm,
} from '@heddle/metadata'

/** A property that both sides changed, each to something else; null where it is not there. */
export interface Conflict {
  readonly path: string
  readonly base: Json
  readonly theirs: Json
  readonly yours: Json
}

/** Both changes of one document; where they conflict the document says what `yours` says. Pure. */
export function mergeThreeWay(
  base: JsonObject,
  theirs: JsonObject,
  yours: JsonObject,
): { readonly document: JsonObject; readonly conflicts: readonly Conflict[] } {
  const theirChanges = diffDocuments(keyedForm(base), keyedForm(theirs))
  const yourChanges = diffDocuments(keyedForm(base), keyedForm(yours))
  const conflicts = yourChanges.flatMap((mine) => {
    const other = theirChanges.find((change) => overlaps(change, mine) && !isSame(change, mine))
    return other === undefined
      ? []
      : [{ path: mine.path, base: baseOf(mine), theirs: changedValue(other), yours: changedValue(mine) }]
  })
  return { document: listedForm(applyChanges(keyedForm(theirs), yourChanges).document), conflicts }
}

function overlaps(a: Change, b: Change): boolean {
  if (a.op === 'move' || b.op === 'move') return false
  return a.path === b.path || a.path.startsWith(`${b.path}/`) || b.path.startsWith(`${a.path}/`)
}

function isSame(a: Change, b: Change): boolean {
  return a.path === b.path && a.op === b.op && isEqual(changedValue(a), changedValue(b))
}

function changedValue(change: Change): Json {
  return change.op === 'set' ? change.value : null
}

function baseOf(change: Change): Json {
  return change.op === 'move' ? null : (change.base ?? null)
}
