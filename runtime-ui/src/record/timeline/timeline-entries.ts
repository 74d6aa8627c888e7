import type { Comment, FieldChange, TimelineItem } from '../../api/timeline.ts'

/** One line of a timeline: what somebody said, or all that one save did. */
export type TimelineEntry = EntryFrame &
  ({ readonly kind: 'comment'; readonly comment: Comment } | { readonly kind: 'change'; readonly acts: readonly Act[] })

interface EntryFrame {
  readonly key: string
  readonly at: string
  readonly by: TimelineItem['by']
}

/** What happened to one record, or to several lines alike. */
export interface Act {
  readonly kind: string
  readonly entity: string
  /** The id of the record, of several the first one's. */
  readonly record: string
  /** How many records it happened to. */
  readonly count: number
  readonly changes: readonly FieldChange[]
}

/** Puts together what one person did in one transaction; the record itself comes before its lines. */
export function timelineEntries(items: readonly TimelineItem[], entity: string): TimelineEntry[] {
  const entries: TimelineEntry[] = []
  for (const [position, item] of items.entries()) {
    const { at, by, comment, transaction } = item
    const frame = { key: comment?.id ?? `${at} ${by?.id} ${item.record}`, at, by }
    const last = entries.at(-1)
    if (comment !== undefined) entries.push({ ...frame, kind: 'comment', comment })
    else if (last?.kind === 'change' && items[position - 1]?.transaction === transaction && last.by?.id === by?.id) {
      entries[entries.length - 1] = { ...last, acts: withAct(last.acts, item) }
    } else entries.push({ ...frame, kind: 'change', acts: withAct([], item) })
  }
  return entries.map((entry) => (entry.kind === 'change' ? { ...entry, acts: ordered(entry.acts, entity) } : entry))
}

/** What a write to a record did to none of its fields was done to its lines. */
function ordered(acts: readonly Act[], entity: string): Act[] {
  const told = acts.filter((act) => acts.length === 1 || act.kind !== 'updated' || act.changes.length > 0)
  return told.toSorted((a, b) => Number(b.entity === entity) - Number(a.entity === entity))
}

/** Lines that were added or taken away together are counted, changes are told one by one. */
function withAct(acts: readonly Act[], { kind, entity, record, changes }: TimelineItem): Act[] {
  const alike = kind === 'updated' ? undefined : acts.find((act) => act.kind === kind && act.entity === entity)
  if (alike === undefined) return [...acts, { kind, entity, record, count: 1, changes }]
  return acts.map((act) => (act === alike ? { ...act, count: act.count + 1 } : act))
}
