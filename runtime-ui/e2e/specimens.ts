import type { APIRequestContext } from '@playwright/test'
import { publish } from './publish.ts'

const fibres = {
  title: '纤维',
  options: { cotton: { title: '棉' }, wool: { title: '羊毛' }, silk: { title: '桑蚕丝' } },
}
const regions = {
  title: '地区',
  tree: true,
  options: {
    east: { title: '东部' },
    port: { title: '港城', parent: 'east' },
    quay: { title: '码头区', parent: 'port' },
  },
}
const field = (title: string, type: string, settings: object = {}, keywords: object = {}) => ({
  title,
  ...keywords,
  'x-field': { type, ...settings },
})

const definitions = {
  'option-set/x_fibre': fibres,
  'option-set/x_region': regions,
  'entity/x_specimen': {
    title: '标本',
    type: 'object',
    required: ['name'],
    properties: {
      name: field('名称', 'text'),
      story: field('说明', 'long-text'),
      mail: field('邮箱', 'email'),
      phone: field('电话', 'phone'),
      site: field('网站', 'url'),
      pieces: field('件数', 'integer'),
      ratio: field('比率', 'percent'),
      price: field('价格', 'money'),
      weight: field('克重', 'measure', { unit: 'g/m2', scale: 1, units: ['oz/yd2'] }),
      genuine: field('真品', 'boolean'),
      found_on: field('发现日期', 'date'),
      called_at: field('联系时间', 'datetime'),
      opens_at: field('开门时间', 'time'),
      lasts: field('时长', 'duration'),
      feast: field('节日', 'lunar-date'),
      marks: field('标记', 'multi-select', { options: { a: { title: '甲' }, b: { title: '乙' } } }),
      words: field('词语', 'tags'),
      region: field('地区', 'option-tree', { optionSet: 'x_region' }),
      place: field('地址', 'address', { optionSet: 'x_region' }),
      spot: field('位置', 'location'),
      stars: field('评分', 'rating'),
      code: field('条码', 'barcode', { symbology: 'ean13' }),
      extra: field('扩展', 'json'),
      yarn: {
        ...field('纱线', 'group'),
        properties: {
          size: field('支数', 'number', { scale: 1 }),
          twist: field('捻向', 'select', { options: { s: { title: 'S' }, z: { title: 'Z' } } }),
        },
      },
      parts: field('成分', 'breakdown', { of: 'x_fibre', total: 100, unit: '%' }),
      related: field('相关', 'many-to-many', { entity: 'x_specimen' }),
      paper: field('证书', 'file'),
      pictures: field('照片', 'image', { multiple: true }),
      double_price: field('双倍价格', 'formula', { returns: 'money', expression: 'price * 2' }),
    },
    'x-entity': { label: 'name', search: ['name'] },
  },
}

/** Publishes an entity with a field of every kind. */
export function publishSpecimens(api: APIRequestContext): Promise<void> {
  return publish(api, definitions)
}
