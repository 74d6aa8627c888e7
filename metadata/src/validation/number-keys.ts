import { isObject, type JsonObject, toPointer } from '../json.ts'
import { isValue } from '../release/texts.ts'
import type { SchemaFault } from './validator.ts'

const wholeNumber = /^(0|[1-9][0-9]*)$/

/** Keys of a body that are whole numbers: every JavaScript object puts those first, so that their order would be lost. */
export function numberKeys(body: JsonObject): SchemaFault[] {
  return collect(body, [])
}

function collect(object: JsonObject, path: readonly string[]): SchemaFault[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const at = [...path, key]
    if (wholeNumber.test(key)) {
      const message = `“${key}” cannot be a key: the order of keys counts, and numbers lose their place in it; write “n${key}”.`
      return [{ path: toPointer(at), code: 'key.number', message }]
    }
    return isObject(value) && !isValue(at) ? collect(value, at) : []
  })
}
