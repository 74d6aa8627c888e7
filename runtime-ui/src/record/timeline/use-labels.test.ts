import { expect, it } from 'vitest'
import { releaseOf } from '../../testing/notebooks.ts'
import { labelRequests } from './use-labels.ts'

const release = releaseOf({
  'entity/writer': { title: 'Writer', type: 'object', properties: {} },
  'entity/note': {
    title: 'Note',
    type: 'object',
    properties: { writer: { title: 'Writer', 'x-field': { type: 'lookup', entity: 'writer' } } },
  },
})
const idOf = (position: number) => `0190f3a0-0000-7000-8000-${String(position).padStart(12, '0')}`

it('however many records fields led to, all are asked for, in conditions the engine accepts', () => {
  const changes = Array.from({ length: 130 }, (_, position) => ({
    field: 'writer',
    before: idOf(position),
    after: idOf(position + 1),
  }))
  const requests = labelRequests(release, [{ entity: 'note', changes }])
  expect(requests.flatMap(({ ids }) => ids)).toHaveLength(131)
  expect(requests.every(({ target }) => target === 'writer')).toBe(true)
  for (const { where } of requests) expect(where.length).toBeLessThan(2000)
})
