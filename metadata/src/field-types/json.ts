import type { Json } from '../json.ts'
import { isUnstorable } from './clean-text.ts'
import { defineFieldType, readAs, unreadable, type ValueFault } from './define-field-type.ts'
import { presenceOperators } from './operators.ts'

const maximumLength = 100_000
const maximumDepth = 32

/** Any JSON value of at most 100,000 characters and 32 levels; null is empty. */
export const json = defineFieldType({
  settings: {},
  value: () => ({ type: ['object', 'array', 'string', 'number', 'boolean'] }),
  check: jsonFaults,
  feel: 'none',
  operators: presenceOperators,
  toText: (value) => (value === null ? '' : JSON.stringify(value)),
  fromText: (written) => {
    try {
      return readAs(JSON.parse(written))
    } catch {
      return unreadable('text.json', 'This is no JSON; texts stand in double quotes, lists in [], objects in {}.')
    }
  },
})

function jsonFaults(value: Json): ValueFault[] {
  if (isDeeper(value, maximumDepth)) {
    return [{ path: '', code: 'value.depth', message: `Must have at most ${maximumDepth} levels.` }]
  }
  if (JSON.stringify(value).length > maximumLength) {
    return [{ path: '', code: 'value.size', message: `Must have at most ${maximumLength} characters as JSON.` }]
  }
  return hasUnstorable(value)
    ? [
        {
          path: '',
          code: 'value.characters',
          message: 'Must hold neither NUL characters nor halves of surrogate pairs.',
        },
      ]
    : []
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((entry) => isDeeper(entry, levels - 1))
}

function hasUnstorable(value: Json): boolean {
  if (typeof value === 'string') return isUnstorable(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, entry]) => isUnstorable(key) || hasUnstorable(entry))
}
