import type { JsonObject } from '@heddle/metadata'
import type { SystemVerb } from '../../access/grant.ts'
import type { PlacedOperation } from './record-operations.ts'

/** An operation that needs a right over the product, when it names one. */
export interface ProductOperation extends PlacedOperation {
  readonly needs?: SystemVerb
}

export const text: JsonObject = { type: 'string' }
export const anObject: JsonObject = { type: 'object' }

/** Parameters of the path. */
export const inPath = (...names: string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: text }))

/** A parameter of the query. */
export const inQuery = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  required,
  schema: text,
  description,
})
