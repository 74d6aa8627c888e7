import { asObject, asText, type Field, fieldTypeOf, type JsonObject, type Release } from '@heddle/metadata'
import { type Hue, hueOf } from './hues.ts'

/** One option as people see it. */
export interface Option {
  readonly key: string
  readonly title: string
  readonly hue: Hue
  /** Key of the option above it in a tree. */
  readonly parent: string | undefined
}

const known = new WeakMap<Field, ReadonlyMap<string, Option>>()

/** The options of a field in order, its own or its option-set's. */
export function optionsOf(field: Field, release: Release): ReadonlyMap<string, Option> {
  const cached = known.get(field)
  if (cached !== undefined) return cached
  const options = new Map(
    Object.entries(authoredOptions(field, release)).map(([key, option]) => {
      const { title, color, parent } = asObject(option)
      return [key, { key, title: asText(title) ?? key, hue: hueOf(color), parent: asText(parent) }]
    }),
  )
  known.set(field, options)
  return options
}

/** The titles from the root of the tree down to the option. */
export function optionPath(key: string, options: ReadonlyMap<string, Option>): string[] {
  const keys = [key]
  for (let parent = options.get(key)?.parent; parent !== undefined; parent = options.get(parent)?.parent) {
    if (keys.includes(parent)) break
    keys.unshift(parent)
  }
  return keys.map((step) => options.get(step)?.title ?? step)
}

function authoredOptions(field: Field, release: Release): JsonObject {
  const optionSet = asText(field.settings[fieldTypeOf(field.type).optionSetSetting ?? ''])
  const source = optionSet === undefined ? field.settings : release.definitions.get(`option-set/${optionSet}`)?.body
  return asObject(source?.options)
}
