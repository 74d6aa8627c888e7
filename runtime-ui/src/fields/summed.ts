import { asText, type Field } from '@heddle/metadata'

const amountTypes: ReadonlySet<string> = new Set(['money'])

/** Amounts are told to the cent; what is finer is a price for one of something. */
const finest = 2

/** Whether the field holds amounts; of a computed field what it returns counts. */
export function isAmount({ type, settings }: Pick<Field, 'type' | 'settings'>): boolean {
  return amountTypes.has(asText(settings.returns) ?? type)
}

/** Whether sums of the field are worth showing. */
export function isSummed(field: Pick<Field, 'type' | 'settings'>): boolean {
  const { scale } = field.settings
  return isAmount(field) && !(typeof scale === 'number' && scale > finest)
}
