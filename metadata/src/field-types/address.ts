import { isObject, type Json, type JsonObject } from '../json.ts'
import { optionFaults, optionPath, optionTitle } from './choices.ts'
import { cleanLine, normaliseText, toHalfWidth } from './clean-text.ts'
import { defineFieldType, type FieldSource, type Parsed, readAs } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

/**
 * A postal address, `{region?, text?, postcode?}`: `region` is the key of the deepest level chosen in `optionSet`, without
 * one any text of at most 60 characters.
 */
export const address = defineFieldType({
  settings: { optionSet: { type: 'string' } },
  value: () => ({
    type: 'object',
    properties: {
      region: { type: 'string', minLength: 1, maxLength: 60 },
      text: { type: 'string', minLength: 1, maxLength: 200 },
      postcode: { type: 'string', pattern: '^[0-9A-Za-z][0-9A-Za-z -]{1,10}[0-9A-Za-z]$' },
    },
    minProperties: 1,
    additionalProperties: false,
  }),
  normalise: (value) => (isObject(value) ? withoutBlanks(value) : value),
  check: (value, field) =>
    isObject(value) && typeof value.region === 'string' && typeof field.settings.optionSet === 'string'
      ? optionFaults(value.region, field, '/region')
      : [],
  feel: 'address',
  parts: ['region', 'text', 'postcode'],
  operators: ({ optionSet }) => (optionSet === undefined ? presenceOperators : ['under', ...presenceOperators]),
  optionSetSetting: 'optionSet',
  toText: (value, field) => (isObject(value) ? lineOf(value, field) : ''),
  fromText: readAddress,
})

function withoutBlanks(value: JsonObject): Json {
  const entries = Object.entries(value).map(([name, part]) => [name, normaliseText(part, cleanLine)] as const)
  const kept = entries.filter(([, part]) => part !== null)
  return kept.length === 0 ? null : Object.fromEntries(kept)
}

function lineOf({ region, text, postcode }: JsonObject, field: FieldSource): string {
  const path = typeof region === 'string' ? optionPath(region, field).map((key) => optionTitle(key, field)) : []
  return [...path, text, typeof postcode === 'string' ? `(${postcode})` : undefined]
    .filter((part) => typeof part === 'string')
    .join(' ')
}

/** Region titles from the top of the tree, then the rest, then a postcode in brackets. */
function readAddress(written: string, field: FieldSource): Parsed {
  const line = cleanLine(written)
  const postcode = /\s*\(([0-9A-Za-z -]{3,12})\)$/.exec(toHalfWidth(line))
  const { region, rest } = readRegion(postcode === null ? line : line.slice(0, -postcode[0].length), field)
  return readAs({
    ...(region === undefined ? {} : { region }),
    ...(rest === '' ? {} : { text: rest }),
    ...(postcode?.[1] === undefined ? {} : { postcode: postcode[1] }),
  })
}

function readRegion(line: string, { choices }: FieldSource): { region: string | undefined; rest: string } {
  let region: string | undefined
  let rest = line
  for (;;) {
    const [next] = [...choices]
      .filter(([, { title, parent }]) => parent === region && rest.startsWith(title))
      .toSorted(([, a], [, b]) => b.title.length - a.title.length)
    if (next === undefined) return { region, rest }
    region = next[0]
    rest = rest.slice(next[1].title.length).replace(/^[\s/,，>·-]+/, '')
  }
}
