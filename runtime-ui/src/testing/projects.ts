import type { Entity, JsonObject } from '@heddle/metadata'
import { releaseOf } from './notebooks.ts'

/** Projects of clients with steps as lines, full of rules; for tests. */
export const projects = releaseOf({
  'entity/client': {
    title: '委托人',
    type: 'object',
    required: ['name'],
    properties: {
      name: { title: '名称', 'x-field': { type: 'text' } },
      days: { title: '账期', 'x-field': { type: 'integer' } },
      pace: { title: '节奏', 'x-field': { type: 'text' } },
    },
  },
  'entity/project': {
    title: '项目',
    type: 'object',
    required: ['name', 'kind'],
    properties: {
      name: { title: '名称', maxLength: 20, 'x-field': { type: 'text' } },
      client: { title: '委托人', 'x-field': { type: 'lookup', entity: 'client' } },
      kind: {
        title: '类型',
        default: 'small',
        'x-field': { type: 'select', options: { small: { title: '小' }, large: { title: '大' } } },
      },
      method: {
        title: '方法',
        'x-field': {
          type: 'select',
          options: { plain: { title: '普通' }, full: { title: '完整', when: 'kind = "large"' } },
        },
      },
      days: { title: '账期', 'x-field': { type: 'integer', default: 'client.days' } },
      budget: { title: '预算', 'x-field': { type: 'money', visible: 'kind = "large"', required: 'kind = "large"' } },
      number: { title: '编号', 'x-field': { type: 'text', readOnly: 'kind = "large"' } },
      spare: { title: '余款', 'x-field': { type: 'formula', returns: 'money', expression: 'budget / 2' } },
      extent: {
        title: '范围',
        properties: {
          pages: { title: '页', default: 7, 'x-field': { type: 'integer' } },
          remark: { title: '备注', 'x-field': { type: 'text' } },
        },
        'x-field': { type: 'group' },
      },
      steps: { title: '步骤', 'x-field': { type: 'lines', entity: 'step', by: 'project' } },
    },
    'x-entity': {
      rules: {
        terms: { when: 'days > client.days', error: '账期超过委托人的账期', at: 'days' },
        cheap: { when: 'budget < 100', error: '预算偏低', at: 'budget', severity: 'warning' },
        fixed: { when: 'old.name != null and old.name != name', error: '名称不能改', at: 'name' },
      },
    },
  },
  'entity/step': {
    title: '步骤',
    type: 'object',
    required: ['project', 'title'],
    properties: {
      project: { title: '项目', 'x-field': { type: 'lookup', entity: 'project', master: true } },
      title: { title: '名称', 'x-field': { type: 'text' } },
      hours: { title: '小时', default: 8, minimum: 0, 'x-field': { type: 'number', scale: 1 } },
      pace: { title: '节奏', 'x-field': { type: 'text', default: 'project.client.pace' } },
      note: { title: '说明', 'x-field': { type: 'text', required: 'hours > 10' } },
      cost: { title: '费用', 'x-field': { type: 'formula', returns: 'money', expression: 'hours * 100' } },
    },
    'x-entity': {
      rules: { long: { when: 'hours > 100', error: '一步太长', at: 'hours' } },
    },
  },
})

/** A client that the projects may point to; for tests. */
export const client: JsonObject = { id: '0190f3a0-0000-7000-8000-00000000000a', name: '甲', days: 30, pace: 'slow' }

/** The entity of projects. @throws Error when the fixture lost it */
export function projectEntity(): Entity {
  const entity = projects.entity('project')
  if (entity === undefined) throw new Error('The fixture has no projects.')
  return entity
}
