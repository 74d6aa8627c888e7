import { expect, it } from 'vitest'
import { releaseOf } from '../testing/notebooks.ts'
import { filterColumns, sayableOperators } from './filter-columns.ts'

const release = releaseOf({
  'entity/maker': {
    title: 'Maker',
    type: 'object',
    properties: { name: { title: 'Name', 'x-field': { type: 'text' } } },
  },
  'entity/cloth': {
    title: 'Cloth',
    type: 'object',
    properties: {
      yarn: {
        title: 'Yarn',
        'x-field': { type: 'group' },
        properties: { size: { title: 'Size', 'x-field': { type: 'number' } } },
      },
      maker: { title: 'Maker', 'x-field': { type: 'lookup', entity: 'maker' } },
      feast: { title: 'Feast', 'x-field': { type: 'lunar-date' } },
    },
  },
})

function columns() {
  const entity = release.entity('cloth')
  if (entity === undefined) throw new Error('The fixture has no cloth.')
  return filterColumns({ release, entity }, (name) => name)
}

it('conditions are about fields, parts of groups and the fields behind lookups', () => {
  const own = columns().filter(({ name }) => !/_(at|by|id)$/.test(name))
  expect(own.map(({ name, title, by }) => [name, title, by])).toEqual([
    ['yarn.size', 'Yarn · Size', undefined],
    ['maker', 'Maker', undefined],
    ['feast', 'Feast', undefined],
    ['maker.name', 'Maker · Name', 'Maker'],
  ])
})

it('an operator is offered when a value can be given for it', () => {
  const feast = columns().find(({ name }) => name === 'feast')
  expect(feast && sayableOperators(feast)).toEqual(['empty', 'not empty'])
})
