import { isInRecordCurrency } from '../field-types/computed.ts'
import type { SettingsOf } from '../field-types/define-field-type.ts'
import { fieldTypeOf, isFieldType } from '../field-types/index.ts'
import { asObject, asText, type JsonObject } from '../json.ts'
import type { Entity } from './entity.ts'
import { sourceLocale } from './localize.ts'

/** What people read of the properties that a currency brings. */
const texts = {
  'zh-CN': { currency: '币种', rate: '汇率', base: (amount: string) => `${amount} (本位币)` },
  en: { currency: 'Currency', rate: 'Rate', base: (amount: string) => `${amount} (company currency)` },
} as const

/**
 * The properties of an entity whose records have a currency: its code, the rate to the company's currency at that time,
 * and for every amount `<field>_base`, the same in the company's currency. Their titles are in `locale` when there are
 * some, in the source language otherwise.
 */
export function withCurrency(
  body: JsonObject,
  { locale, settingsOf }: { readonly locale: string; readonly settingsOf: SettingsOf },
): JsonObject {
  const titles = locale === 'en' ? texts.en : texts[sourceLocale]
  const properties = asObject(body.properties)
  const amounts = Object.entries(properties).filter(([, property]) => isAmount(asObject(property), settingsOf))
  const bases = amounts.map(([name, property]): [string, JsonObject] => [
    `${name}_base`,
    {
      title: titles.base(asText(asObject(property).title) ?? name),
      'x-field': { type: 'formula', returns: 'money', scale: 2, currency: 'company', expression: `${name} * rate` },
    },
  ])
  return {
    ...body,
    properties: {
      ...properties,
      currency: { title: titles.currency, pattern: '^[A-Z]{3}$', maxLength: 3, 'x-field': { type: 'text' } },
      rate: { title: titles.rate, exclusiveMinimum: 0, 'x-field': { type: 'number', scale: 8 } },
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

/** What a roll-up gathers may come from another entity, so settings are completed first. */
function isAmount(property: JsonObject, settingsOf: SettingsOf): boolean {
  const { type, ...written } = asObject(property['x-field'])
  if (typeof type !== 'string' || !isFieldType(type)) return false
  const definition = fieldTypeOf(type)
  const settings = definition.complete?.(written, settingsOf) ?? written
  return isInRecordCurrency(definition.result?.(settings) ?? definition, settings)
}
