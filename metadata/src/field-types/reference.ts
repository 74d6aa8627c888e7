import type { Json } from '../json.ts'
import { type JsonSchema, type Parsed, plainText, readAs, unreadable } from './define-field-type.ts'
import { choiceOperators } from './operators.ts'

/** The value schema of one record's id. */
export const idSchema = { type: 'string', format: 'uuid' } as const satisfies JsonSchema

/** The id as PostgreSQL writes it: lower case, without the `urn:uuid:` that the format allows. */
export function normaliseId(value: Json): Json {
  return typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replace(/^urn:uuid:/, '')
    : value
}

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id in a cell; what people call a record is for the importer to find. */
export function readId(text: string): Parsed {
  const value = normaliseId(text)
  return typeof value === 'string' && id.test(value)
    ? readAs(value)
    : unreadable('text.reference', `“${text}” is no record's id.`)
}

/** What types share whose values are one record's id in a column. */
export const referenceType = {
  value: () => idSchema,
  normalise: normaliseId,
  feel: 'reference',
  operators: choiceOperators,
  isTopLevel: true,
  toText: plainText,
  fromText: readId,
} as const
