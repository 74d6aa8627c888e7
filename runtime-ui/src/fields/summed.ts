import { asText, type Field } from '@heddle/metadata'

/** Field types whose values mean something when added up. */
const summedTypes: ReadonlySet<string> = new Set(['money'])

/** Whether sums of the field are worth showing; of a computed field what it returns counts. */
export function isSummed(field: Field): boolean {
  return summedTypes.has(asText(field.settings.returns) ?? field.type)
}
