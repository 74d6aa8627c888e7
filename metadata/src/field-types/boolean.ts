import { toHalfWidth } from './clean-text.ts'
import { defineFieldType, readAs, unreadable } from './define-field-type.ts'
import { equalityOperators } from './operators.ts'

const meanings: ReadonlyMap<string, boolean> = new Map([
  ...['是', '对', '有', '√', '✓', '✔', 'true', 'yes', 'y', 't', '1'].map((word) => [word, true] as const),
  ...['否', '不', '无', '×', '✗', '✘', 'false', 'no', 'n', 'f', '0'].map((word) => [word, false] as const),
])

/** Yes or no; empty is neither. */
export const boolean = defineFieldType({
  settings: {},
  value: () => ({ type: 'boolean' }),
  feel: 'boolean',
  operators: equalityOperators,
  toText: (value) => (value === null ? '' : value === true ? '是' : '否'),
  fromText: (written) => {
    const value = meanings.get(toHalfWidth(written).trim().toLowerCase())
    return value === undefined
      ? unreadable('text.boolean', `“${written}” is neither 是 (yes) nor 否 (no).`)
      : readAs(value)
  },
})
