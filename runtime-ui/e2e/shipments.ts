import type { APIRequestContext } from '@playwright/test'
import { publish } from './publish.ts'

const select = (title: string, options: object, settings: object = {}) => ({
  title,
  'x-field': { type: 'select', options, ...settings },
})

/** Shipments with parcels as lines, full of rules: what the browser tests of rules work on. */
const definitions = {
  'entity/x_carrier': {
    title: '承运人',
    type: 'object',
    required: ['name'],
    properties: {
      name: { title: '名称', 'x-field': { type: 'text' } },
      days: { title: '天数', 'x-field': { type: 'integer' } },
    },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/x_shipment': {
    title: '托运',
    type: 'object',
    required: ['title', 'way'],
    properties: {
      title: { title: '标题', maxLength: 30, 'x-field': { type: 'text' } },
      code: { title: '单号', pattern: '^[A-Z]{2}[0-9]+$', 'x-field': { type: 'text', unique: true } },
      way: {
        ...select('方式', { road: { title: '公路' }, sea: { title: '海运' } }),
        default: 'road',
      },
      carrier: { title: '承运人', 'x-field': { type: 'lookup', entity: 'x_carrier' } },
      days: { title: '天数', 'x-field': { type: 'integer', default: 'carrier.days' } },
      phone: { title: '手机', 'x-field': { type: 'phone' } },
      box: select('装箱', { pallet: { title: '托盘' }, container: { title: '集装箱', when: 'way = "sea"' } }),
      port: { title: '港口', 'x-field': { type: 'text', visible: 'way = "sea"', required: 'way = "sea"' } },
      sealed: { title: '已封', 'x-field': { type: 'boolean' } },
      seal: { title: '封条', 'x-field': { type: 'text', readOnly: 'sealed = true' } },
      price: { title: '运价', minimum: 0, 'x-field': { type: 'money' } },
      price_with_tax: {
        title: '含税价',
        'x-field': { type: 'formula', returns: 'money', expression: 'round half up(price * 1.09, 2)' },
      },
      parcels: { title: '包裹', 'x-field': { type: 'lines', entity: 'x_parcel', by: 'shipment' } },
    },
    'x-entity': {
      label: 'title',
      search: ['title'],
      rules: {
        mobile: {
          when: 'phone != null and not(matches(phone, "^1[3-9][0-9]{9}$"))',
          error: '手机号应为 11 位',
          at: 'phone',
        },
        late: { when: 'days > carrier.days', error: '不能比承运人更慢', at: 'days' },
        cheap: { when: 'price < 10', error: '运价偏低，请核对', at: 'price', severity: 'warning' },
        heavy: { when: 'some parcel in parcels satisfies parcel.kilos > 1000', error: '超过限重' },
      },
    },
  },
  'entity/x_parcel': {
    title: '包裹',
    type: 'object',
    required: ['shipment', 'kilos'],
    properties: {
      shipment: { title: '托运', 'x-field': { type: 'lookup', entity: 'x_shipment', master: true } },
      name: { title: '品名', 'x-field': { type: 'text', required: 'kilos > 100' } },
      kilos: { title: '公斤', exclusiveMinimum: 0, 'x-field': { type: 'number', scale: 1 } },
      pieces: { title: '件数', default: 1, minimum: 1, 'x-field': { type: 'integer' } },
      all_kilos: { title: '合计公斤', 'x-field': { type: 'formula', returns: 'number', expression: 'kilos * pieces' } },
    },
    'x-entity': {
      rules: { light: { when: 'kilos < 1', error: '不足一公斤', at: 'kilos' } },
    },
  },
  'form/x_shipment': {
    entity: 'x_shipment',
    title: '托运',
    default: true,
    tabs: {
      main: {
        title: '托运',
        sections: {
          basics: {
            title: '基本资料',
            columns: 2,
            fields: { title: {}, code: {}, way: {}, carrier: {}, days: {}, phone: {}, box: {}, price: {} },
          },
          sea: { title: '海运资料', columns: 2, visible: 'way = "sea"', fields: { port: {} } },
          more: { title: '封条与价格', columns: 2, fields: { sealed: {}, seal: {}, price_with_tax: {} } },
          parcels: { title: '包裹', columns: 1, fields: { parcels: {} } },
        },
      },
    },
  },
}

/** Publishes the shipments. */
export function publishShipments(api: APIRequestContext): Promise<void> {
  return publish(api, definitions)
}
