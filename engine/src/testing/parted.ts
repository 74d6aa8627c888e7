import type { JsonObject } from '@heddle/metadata'

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, 'x-field': { type: 'text', ...more } })

/** Items with parts as lines, which have all that a line can be refused for; and roles with different rights to them. */
export const parted: { readonly [address: string]: JsonObject } = {
  'entity/area': { title: '区域', type: 'object', properties: { name: text('名称') }, 'x-entity': { label: 'name' } },
  'entity/item': {
    title: '条目',
    type: 'object',
    properties: {
      name: text('名称'),
      parts: { title: '部分', 'x-field': { type: 'lines', entity: 'part', by: 'whole' } },
    },
    'x-entity': { label: 'name' },
  },
  'entity/part': {
    title: '部分',
    type: 'object',
    required: ['whole', 'label'],
    properties: {
      whole: { title: '条目', 'x-field': { type: 'lookup', entity: 'item', master: true } },
      label: text('标签'),
      secret: { ...text('秘密'), default: 'default' },
      size: { title: '规模', 'x-field': { type: 'integer' } },
      price: { title: '价格', 'x-field': { type: 'money' } },
      serial: text('序号'),
      place: text('地点'),
      tag: text('标记'),
      code: text('编号', { unique: true }),
      area: { title: '区域', 'x-field': { type: 'lookup', entity: 'area' } },
      areas: { title: '各区域', 'x-field': { type: 'many-to-many', entity: 'area' } },
    },
    'x-entity': {
      label: 'label',
      currency: true,
      rules: {
        odd: { when: 'size = 7', error: '奇怪', at: 'size', severity: 'warning' },
        told: { when: 'secret = "default"', error: '默认', at: 'secret', severity: 'warning' },
        plain: { when: 'label = "plain"', error: '平常', severity: 'warning' },
      },
      duplicates: {
        serial: { match: ['serial'], action: 'block' },
        place: { match: ['whole', 'place'], action: 'block' },
        tag: { match: ['tag'], action: 'warn' },
      },
    },
  },
  'settings/site': { currency: 'CNY', rates: { USD: 7 } },
  'role/maker': {
    title: 'Maker',
    entities: {
      item: { verbs: { read: 'all', create: 'all', update: 'all' } },
      part: { verbs: { read: 'all', create: 'all' }, fields: { secret: 'none' } },
    },
  },
  'role/mender': {
    title: 'Mender',
    entities: {
      item: { verbs: { read: 'all', create: 'all', update: 'all' } },
      part: { verbs: { read: 'all', update: 'all' }, fields: { secret: 'none', size: 'read' } },
    },
  },
  'role/sender': {
    title: 'Sender',
    entities: {
      item: { verbs: { create: 'all', update: 'all', delete: 'all' } },
      part: { verbs: { create: 'all' } },
    },
  },
  'role/cutter': {
    title: 'Cutter',
    entities: {
      item: { verbs: { read: 'all', update: 'all' } },
      part: { verbs: { read: 'all', delete: 'all' } },
    },
  },
}
