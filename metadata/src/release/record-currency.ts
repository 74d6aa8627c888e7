import { fieldTypeOf, isFieldType } from '../field-types/index.ts'
import { asObject, asText, type JsonObject } from '../json.ts'
import type { Entity } from './entity.ts'

/**
 * The properties of an entity whose records have a currency: its code, the rate to the company's currency at that time,
 * and for every amount `<field>_base`, the same in the company's currency.
 */
export function withCurrency(body: JsonObject): JsonObject {
  const properties = asObject(body.properties)
  const amounts = Object.entries(properties).filter(([, property]) => isAmount(asObject(property)))
  const bases = amounts.map(([name, property]): [string, JsonObject] => [
    `${name}_base`,
    {
      title: `${asText(asObject(property).title) ?? name} (本位币)`,
      'x-field': { type: 'formula', returns: 'money', scale: 2, expression: `${name} * rate` },
    },
  ])
  return {
    ...body,
    properties: {
      ...properties,
      currency: { title: '币种', pattern: '^[A-Z]{3}$', maxLength: 3, 'x-field': { type: 'text' } },
      rate: { title: '汇率', exclusiveMinimum: 0, 'x-field': { type: 'number', scale: 8 } },
      ...Object.fromEntries(bases.filter(([name]) => !Object.hasOwn(properties, name))),
    },
  }
}

/** The amount of which this field is the value in the company's currency, when it is one of those added here. */
export function amountOf(entity: Entity, name: string): string | undefined {
  const amount = name.endsWith('_base') ? name.slice(0, -'_base'.length) : ''
  const isAdded = entity.hasCurrency && !Object.hasOwn(asObject(entity.body.properties), name)
  return isAdded && entity.fields.has(amount) ? amount : undefined
}

function isAmount(property: JsonObject): boolean {
  const { type, returns } = asObject(property['x-field'])
  const result = asText(returns) ?? asText(type) ?? ''
  return isFieldType(result) && fieldTypeOf(result).isInCurrency === true
}
