import { nearest } from '../near.ts'
import { cleanLine, toHalfWidth } from './clean-text.ts'
import { type FieldSource, type Parsed, readAs, unreadable, type ValueFault } from './define-field-type.ts'

/** What stands between the entries of a list in one cell. */
const separators = /[,，、;；|\n]+/

/** Between the levels of an option tree. */
const levelMark = ' / '

/** The title of an option's key, the key itself when it has none. */
export function optionTitle(key: string, { choices }: FieldSource): string {
  return choices.get(key)?.title ?? key
}

/** The keys from the root of the tree down to `key`. */
export function optionPath(key: string, { choices }: FieldSource): string[] {
  const path = [key]
  let parent = choices.get(key)?.parent
  while (parent !== undefined && !path.includes(parent)) {
    path.unshift(parent)
    parent = choices.get(parent)?.parent
  }
  return path
}

/** The titles from the root of the tree down to `key`: `Asia / China`. */
export function optionPathTitle(key: string, field: FieldSource): string {
  return optionPath(key, field)
    .map((step) => optionTitle(step, field))
    .join(levelMark)
}

/** The faults of a value that must be an option's key. */
export function optionFaults(key: string, { options }: FieldSource, path: string): ValueFault[] {
  if (options.includes(key)) return []
  const near = nearest(key, options)
  return [{ path, code: 'value.option', message: `“${key}” is no option${near ? `; did you mean “${near}”?` : '.'}` }]
}

/** The option a person wrote: its key, its title or its path in the tree; case and width of letters do not count. */
export function readOption(text: string, field: FieldSource): Parsed {
  const wanted = comparable(text)
  const byKey = field.options.find((key) => comparable(key) === wanted)
  if (byKey !== undefined) return readAs(byKey)
  const named = field.options.filter(
    (key) => comparable(optionTitle(key, field)) === wanted || comparable(optionPathTitle(key, field)) === wanted,
  )
  const [first, second] = named
  if (first === undefined) return unknownOption(text, field)
  if (second === undefined) return readAs(first)
  return unreadable(
    'text.optionAmbiguous',
    `“${text}” names several options: ${named.map((key) => `${optionPathTitle(key, field)} (${key})`).join(', ')}; write the key.`,
  )
}

/** The titles of several options in one cell; a key where the title would read as several. */
export function optionTitles(keys: readonly string[], field: FieldSource): string {
  return keys
    .map((key) => optionTitle(key, field))
    .map((title, index) => (splitList(title).length === 1 ? title : (keys[index] ?? title)))
    .join(', ')
}

/** The options a person listed in one cell. */
export function readOptions(text: string, field: FieldSource): Parsed {
  const whole = readOption(text, field)
  if (whole.ok) return readAs([whole.value])
  const keys: string[] = []
  for (const entry of splitList(text)) {
    const option = readOption(entry, field)
    if (!option.ok) return option
    keys.push(String(option.value))
  }
  return readAs(keys)
}

/** The entries of a list in one cell. */
export function splitList(text: string): string[] {
  return text
    .split(separators)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function unknownOption(text: string, field: FieldSource): Parsed {
  const titles = field.options.map((key) => optionTitle(key, field))
  const near = nearest(text, [...titles, ...field.options])
  const shown = titles.slice(0, 12).join(', ')
  return unreadable(
    'text.option',
    near
      ? `“${text}” is no option; did you mean “${near}”?`
      : `“${text}” is no option; write one of: ${shown}${titles.length > 12 ? ', …' : ''}.`,
  )
}

function comparable(text: string): string {
  return toHalfWidth(cleanLine(text))
    .toLowerCase()
    .replace(/\s*[/>]\s*/g, '/')
}
