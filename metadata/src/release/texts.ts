import { isObject, type JsonObject, toPointer } from '../json.ts'
import { type Memory, remember } from '../remember.ts'

/** Properties whose text every reader should have in their language. */
const textNames: ReadonlySet<string> = new Set(['title', 'description', 'error'])
/** Properties whose text may be the same in all languages. */
const properNames: ReadonlySet<string> = new Set(['name'])
/** Properties that hold values, not declarations. */
const valueNames: ReadonlySet<string> = new Set(['default', 'const', 'examples'])

const known: Memory<readonly string[]> = new WeakMap()

/** The pointers of every text for people in a body. */
export function textsOf(body: JsonObject): readonly string[] {
  return remember(known, body, [], () => collect(body, []))
}

/** Whether a text at that place of a body may have translations: it is for people, and no value of a record. */
export function isTranslatable(path: readonly string[]): boolean {
  const last = path.at(-1) ?? ''
  return (textNames.has(last) || properNames.has(last)) && !path.some((_, index) => isValue(path.slice(0, index)))
}

/** Whether a value stands at that place. A field may be called “default”: then it stands under “properties”. */
export function isValue(path: readonly string[]): boolean {
  return valueNames.has(path.at(-1) ?? '') && path.at(-2) !== 'properties'
}

function collect(object: JsonObject, path: readonly string[]): string[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const at = [...path, key]
    if (typeof value === 'string') return textNames.has(key) && value !== '' ? [toPointer(at)] : []
    return isObject(value) && !isValue(at) ? collect(value, at) : []
  })
}
