import type { APIRequestContext } from '@playwright/test'
import { publish } from './publish.ts'

/** Recipes with ingredients as lines, by makers: what the browser tests of forms work on. */
const definitions = {
  'entity/x_maker': {
    title: '作者',
    type: 'object',
    required: ['name'],
    properties: { name: { title: '姓名', 'x-field': { type: 'text' } } },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/x_recipe': {
    title: '食谱',
    type: 'object',
    required: ['title', 'course'],
    properties: {
      title: { title: '名称', maxLength: 30, description: '客人在菜单上看到的名字。', 'x-field': { type: 'text' } },
      course: {
        title: '类别',
        'x-field': {
          type: 'select',
          options: { soup: { title: '汤', color: 'blue' }, main: { title: '主菜', color: 'gold' } },
        },
      },
      portions: { title: '份数', minimum: 1, 'x-field': { type: 'number', scale: 0 } },
      tried_on: { title: '试做日期', 'x-field': { type: 'date' } },
      maker: { title: '作者', 'x-field': { type: 'lookup', entity: 'x_maker' } },
      note: { title: '备注', 'x-field': { type: 'text' } },
      ingredients: { title: '用料', 'x-field': { type: 'lines', entity: 'x_ingredient', by: 'recipe' } },
    },
    'x-entity': { label: 'title', search: ['title'] },
  },
  'entity/x_ingredient': {
    title: '用料',
    type: 'object',
    required: ['recipe', 'name', 'grams'],
    properties: {
      recipe: { title: '食谱', 'x-field': { type: 'lookup', entity: 'x_recipe', master: true } },
      name: { title: '名称', 'x-field': { type: 'text' } },
      grams: { title: '克数', exclusiveMinimum: 0, 'x-field': { type: 'number', scale: 1 } },
      bought_on: { title: '采购日期', 'x-field': { type: 'date' } },
    },
    'x-entity': { label: 'name' },
  },
  'form/x_recipe': {
    entity: 'x_recipe',
    title: '食谱',
    default: true,
    tabs: {
      main: {
        title: '食谱',
        sections: {
          basics: {
            title: '基本资料',
            columns: 2,
            fields: { title: {}, course: {}, portions: {}, tried_on: {}, maker: { span: 2 } },
          },
          ingredients: { title: '用料', columns: 1, fields: { ingredients: {} } },
        },
      },
      more: { title: '更多', sections: { note: { title: '其他', columns: 1, fields: { note: {} } } } },
    },
  },
}

/** Publishes the recipes. */
export function publishRecipes(api: APIRequestContext): Promise<void> {
  return publish(api, definitions)
}
