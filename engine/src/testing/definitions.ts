import type { JsonObject } from '@heddle/metadata'

/** A small library: articles with sections as lines, written by authors; one of each basic field type. */
export const library: { readonly [address: string]: JsonObject } = {
  'entity/author': {
    title: '作者',
    type: 'object',
    required: ['name'],
    properties: { name: { title: '姓名', 'x-field': { type: 'text', unique: true } } },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/article': {
    title: '文章',
    type: 'object',
    required: ['title', 'kind'],
    properties: {
      title: { title: '标题', maxLength: 80, 'x-field': { type: 'text' } },
      kind: {
        title: '类别',
        'x-field': { type: 'select', options: { essay: { title: '随笔' }, report: { title: '报告' } } },
      },
      length: { title: '字数', minimum: 0, 'x-field': { type: 'number', scale: 1 } },
      written_on: { title: '日期', 'x-field': { type: 'date' } },
      author: { title: '作者', 'x-field': { type: 'lookup', entity: 'author', inverse: 'articles' } },
      sections: { title: '章节', 'x-field': { type: 'lines', entity: 'section', by: 'article' } },
    },
    'x-entity': {
      label: 'title',
      search: ['title', 'kind'],
      owned: true,
      indexes: { by_kind: ['kind', 'created_at'] },
    },
  },
  'entity/section': {
    title: '章节',
    type: 'object',
    required: ['article', 'heading'],
    properties: {
      article: { title: '文章', 'x-field': { type: 'lookup', entity: 'article', master: true } },
      heading: { title: '小标题', 'x-field': { type: 'text' } },
      pages: { title: '页数', 'x-field': { type: 'number', scale: 0 } },
    },
    'x-entity': { label: 'heading' },
  },
}
