import { expect, it } from 'vitest'
import { parseTimeline, type TimelineItem } from '../../api/timeline.ts'
import { timelineEntries } from './timeline-entries.ts'

const wang = { id: 'w', name: '王磊' }
const li = { id: 'l', name: '李思琪' }

let moment = 0

/** Each statement of a save has a moment of its own. */
function item(transaction: string, parts: Partial<TimelineItem>): TimelineItem {
  const at = `10:00:${moment++}`
  return {
    at,
    transaction,
    by: wang,
    kind: 'updated',
    entity: 'note',
    record: 'n',
    changes: [],
    comment: undefined,
    ...parts,
  }
}

it('what one save did is one entry, the record before its lines', () => {
  const changes = [{ field: 'title', before: 'a', after: 'b' }]
  const entries = timelineEntries(
    [
      item('10:00', { entity: 'note_line', record: 'l1', kind: 'created' }),
      item('10:00', { entity: 'note_line', record: 'l2', kind: 'created' }),
      item('10:00', { changes }),
      item('09:00', { kind: 'created' }),
    ],
    'note',
  )
  expect(entries.map((entry) => entry.kind === 'change' && entry.acts)).toEqual([
    [
      { kind: 'updated', entity: 'note', record: 'n', count: 1, changes },
      { kind: 'created', entity: 'note_line', record: 'l1', count: 2, changes: [] },
    ],
    [{ kind: 'created', entity: 'note', record: 'n', count: 1, changes: [] }],
  ])
})

it('a save that only touched lines says nothing of the record', () => {
  const [entry] = timelineEntries(
    [item('10:00', {}), item('10:00', { entity: 'note_line', record: 'l1', kind: 'deleted' })],
    'note',
  )
  expect(entry?.kind === 'change' && entry.acts.map(({ entity }) => entity)).toEqual(['note_line'])
})

it('lines that changed alike are told apart', () => {
  const changes = [{ field: 'amount', before: 1, after: 2 }]
  const [entry] = timelineEntries(
    ['l1', 'l2'].map((record) => item('10:00', { entity: 'note_line', record, changes })),
    'note',
  )
  expect(entry?.kind === 'change' && entry.acts.map(({ record }) => record)).toEqual(['l1', 'l2'])
})

it('two people and comments stay apart', () => {
  const comment = { id: 'c', text: 'Hi', mentions: [] }
  const entries = timelineEntries(
    [item('10:00', { kind: 'commented', comment }), item('10:00', {}), item('10:00', { by: li })],
    'note',
  )
  expect(entries.map(({ kind, by }) => [kind, by?.name])).toEqual([
    ['comment', '王磊'],
    ['change', '王磊'],
    ['change', '李思琪'],
  ])
  expect(new Set(entries.map(({ key }) => key)).size).toBe(3)
})

it('a page is read with values before and after, and what is missing is empty', () => {
  const { items, next } = parseTimeline({
    items: [{ at: 't', by: null, kind: 'created', entity: 'note', record: 'n', changes: { title: [null, 'a'] } }],
    next: null,
  })
  expect(items[0]).toMatchObject({ by: undefined, changes: [{ field: 'title', before: null, after: 'a' }] })
  expect(next).toBeUndefined()
})
