// What Heddle publishes for the benchmark: the opponent's table as an entity, and many wide entities beside it.
import { LEVELS } from './data.mjs'

const options = Object.fromEntries(LEVELS.map((level) => [level, { title: level }]))
const text = (maxLength) => ({ ...(maxLength === undefined ? {} : { maxLength }), 'x-field': { type: 'text' } })
const plain = (type) => ({ 'x-field': { type } })

/** The opponent's columns with their constraints; `owner_id` and the two dates are Heddle's own on every entity. */
export const benchCustomer = {
  title: 'Customer',
  type: 'object',
  required: ['name', 'level'],
  properties: {
    name: { ...text(200), minLength: 1 },
    industry: text(80),
    level: { 'x-field': { type: 'select', options } },
    phone: text(40),
    email: text(),
    annual_revenue: { 'x-field': { type: 'number', scale: 2 } },
    tags: text(),
    website: text(),
    address: text(),
    city: text(),
    country: text(),
    source: text(),
    employees: { 'x-field': { type: 'number', scale: 0 } },
    score: plain('number'),
    is_active: text(),
    last_contact_at: text(),
    notes: text(),
  },
  'x-entity': { label: 'name', search: ['name'], indexes: { by_level: ['level', 'created_at'] } },
}

/** Definitions of `count` entities of `width` fields, each looking up the one before it. */
export function wideEntities(count, width) {
  return Array.from({ length: count }, (_, index) => ({ name: `bench_wide_${index}`, body: wideEntity(index, width) }))
}

function wideEntity(index, width) {
  const kinds = [text(200), plain('number'), plain('date'), { 'x-field': { type: 'select', options } }]
  const properties = { name: text(120) }
  if (index > 0) properties.previous = { 'x-field': { type: 'lookup', entity: `bench_wide_${index - 1}` } }
  for (let field = Object.keys(properties).length; field < width; field++) {
    properties[`field_${field}`] = { title: `Field ${field}`, ...kinds[field % kinds.length] }
  }
  return {
    title: `Wide ${index}`,
    type: 'object',
    required: ['name'],
    properties,
    'x-entity': { label: 'name', search: ['name'] },
  }
}
