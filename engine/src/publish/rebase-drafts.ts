import { type Finding, isEqual, type Json, type JsonObject } from '@heddle/metadata'
import type { Draft } from './drafts.ts'
import type { LiveState } from './live-state.ts'
import { mergeThreeWay } from './merge-three-way.ts'

/** A draft as a change of what is live now, and a finding for each property that went live otherwise since it began. */
export interface RebasedDraft {
  readonly draft: Draft
  readonly conflicts: readonly Finding[]
}

/** Merges what a draft changes into what is live now, which may have moved on since the draft began. Pure. */
export function rebaseDraft(live: LiveState, draft: Draft): RebasedDraft {
  const { address, base } = draft
  const now = live.folded.definitions.get(address)?.body ?? null
  if (isAlike(base, now)) return { draft, conflicts: [] }
  if (draft.isRemoved) return { draft, conflicts: now === null ? [] : [conflictOf(draft, '', now, null)] }
  if (now === null) {
    const isUntouched = isAlike(base, draft.body)
    return {
      draft: { ...draft, isRemoved: isUntouched },
      conflicts: isUntouched ? [] : [conflictOf(draft, '', null, draft.body)],
    }
  }
  const { document, conflicts } = mergeThreeWay(base ?? {}, now, draft.body)
  return {
    draft: { ...draft, body: document },
    conflicts: conflicts.map(({ path, theirs, yours }) => conflictOf(draft, path, theirs, yours)),
  }
}

function isAlike(a: JsonObject | null, b: JsonObject | null): boolean {
  return a === null || b === null ? a === b : isEqual(a, b, 'counts')
}

function conflictOf({ address }: Draft, path: string, theirs: Json, yours: Json): Finding {
  return {
    severity: 'error',
    address,
    path,
    code: 'draft.conflict',
    message: `What is live here has changed since the draft began: it ${said(theirs)} now, the draft ${said(yours)}.`,
    hint: 'To keep what is live, put it into the draft too; to keep what the draft says, discard it and draft that anew, or save it with “If-Match: *”.',
  }
}

function said(value: Json): string {
  if (value === null) return 'has nothing'
  const text = JSON.stringify(value)
  return `says ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`
}
