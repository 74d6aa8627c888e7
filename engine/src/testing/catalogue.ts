import type { JsonObject } from '@heddle/metadata'

const lookup = (entity: string, more: JsonObject = {}): JsonObject => ({
  'x-field': { type: 'lookup', entity, ...more },
})
const formula = (returns: string, expression: string, more: JsonObject = {}): JsonObject => ({
  'x-field': { type: 'formula', returns, expression, ...more },
})

/** Projects with notes as lines in areas of regions: lookups three deep, a group, and formulas of every kind. */
export const catalogue: { readonly [address: string]: JsonObject } = {
  'entity/region': {
    title: '地区',
    type: 'object',
    required: ['name'],
    properties: {
      name: { 'x-field': { type: 'text' } },
      factor: { 'x-field': { type: 'number', scale: 3 } },
      secret: { 'x-field': { type: 'text' } },
    },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/area': {
    title: '区域',
    type: 'object',
    required: ['name'],
    properties: {
      name: { 'x-field': { type: 'text' } },
      region: lookup('region', { inverse: 'areas' }),
      full_name: formula('text', 'name + "/" + region.name'),
    },
    'x-entity': { label: 'full_name', search: ['name'] },
  },
  'entity/project': {
    title: '项目',
    type: 'object',
    required: ['name'],
    properties: {
      name: { 'x-field': { type: 'text' } },
      stage: {
        'x-field': {
          type: 'select',
          ordered: true,
          options: { idea: { title: '想法' }, build: { title: '建设' }, done: { title: '完成' } },
        },
      },
      amount: { 'x-field': { type: 'number', scale: 2 } },
      starts_on: { 'x-field': { type: 'date' } },
      seen_at: { 'x-field': { type: 'datetime' } },
      labels: { 'x-field': { type: 'tags' } },
      place: { 'x-field': { type: 'json' } },
      area: lookup('area', { inverse: 'projects', onDelete: 'clear' }),
      parent: lookup('project', { inverse: 'parts', onDelete: 'clear' }),
      helper: { 'x-field': { type: 'user' } },
      size: {
        type: 'object',
        properties: {
          width: { 'x-field': { type: 'number', scale: 1 } },
          kind: { 'x-field': { type: 'select', options: { small: { title: '小' }, large: { title: '大' } } } },
          made: { 'x-field': { type: 'date' } },
          marks: { 'x-field': { type: 'tags' } },
        },
        'x-field': { type: 'group' },
      },
      notes: { 'x-field': { type: 'lines', entity: 'note', by: 'project' } },
      doubled: formula('number', 'amount * 2', { scale: 1 }),
      third: formula('number', 'doubled / 3', { scale: 3 }),
      weighed: formula('number', 'amount * area.region.factor', { scale: 2 }),
      pages: formula('integer', 'sum(notes.pages)'),
      is_old: formula('boolean', 'starts_on < date("2020-01-01")'),
      ends_on: formula('date', 'starts_on + duration("P30D")'),
      age: formula('duration', 'today() - starts_on'),
      heading: formula('text', 'if stage = "done" then upper case(name) else name'),
    },
    'x-entity': { label: 'name', search: ['name'], owned: true },
  },
  'entity/note': {
    title: '笔记',
    type: 'object',
    required: ['project', 'text'],
    properties: {
      project: lookup('project', { master: true }),
      text: { 'x-field': { type: 'text' } },
      pages: { 'x-field': { type: 'integer' } },
      author: { 'x-field': { type: 'user' } },
      area: lookup('area', { inverse: 'notes', onDelete: 'clear' }),
      share: formula('number', 'pages / project.amount', { scale: 4 }),
    },
    'x-entity': { label: 'text' },
  },
}
