import { expect, it } from 'vitest'
import { releaseOf } from '../testing/notebooks.ts'
import { columnOf } from './columns.tsx'
import { noFilter } from './conditions.ts'
import { listQuery } from './list-query.ts'

const release = releaseOf({
  'entity/bill': {
    title: 'Bill',
    type: 'object',
    properties: {
      name: { title: 'Name', 'x-field': { type: 'text' } },
      total: { title: 'Total', 'x-field': { type: 'money' } },
      note: { title: 'Note', 'x-field': { type: 'text' } },
    },
    'x-entity': { label: 'name', currency: true },
  },
})

it('a list of amounts asks for what it shows, and for the currency', () => {
  const entity = release.entity('bill')
  if (entity === undefined) throw new Error('The fixture has no bills.')
  const columns = [columnOf({ release, entity }, 'total', (name) => name) ?? []].flat()
  const view = { name: '', title: 'All', columns: [], sort: [], where: undefined, group: undefined }
  const query = listQuery({ entity, view, sort: [], filter: noFilter, columns, filterable: [], search: {} })
  expect(query.fields).toEqual(['total', 'name', 'currency'])
})
