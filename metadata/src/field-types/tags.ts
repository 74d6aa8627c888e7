import { asTexts } from '../json.ts'
import { splitList } from './choices.ts'
import { cleanLine } from './clean-text.ts'
import { defineFieldType, readAs } from './define-field-type.ts'
import { normaliseSet } from './normalise-set.ts'
import { listOperators } from './operators.ts'

/** Free words, each once; a word holds none of the marks that stand between words in a cell. */
export const tags = defineFieldType({
  settings: {},
  value: () => ({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,，、;；|\\n]+$' },
    uniqueItems: true,
    maxItems: 50,
  }),
  keywords: ['minItems', 'maxItems'],
  normalise: (value) =>
    normaliseSet(value, (words) =>
      words.map((word) => (typeof word === 'string' ? cleanLine(word) : word)).filter((word) => word !== ''),
    ),
  feel: 'texts',
  operators: listOperators,
  toText: (value) => asTexts(value).join(', '),
  fromText: (written) => readAs(splitList(written)),
})
