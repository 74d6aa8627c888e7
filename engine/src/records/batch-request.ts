import { asObject, compileValidator, isObject, type Json, type JsonObject, type Validator } from '@heddle/metadata'
import { invalidBatch } from '../errors.ts'
import type { ExpectedVersion } from './read-current.ts'

/** One change of a batch. */
export type BatchOperation =
  | { readonly op: 'create'; readonly data: JsonObject }
  | { readonly op: 'update'; readonly id: string; readonly expected: ExpectedVersion; readonly data: JsonObject }
  | { readonly op: 'upsert'; readonly key: JsonObject; readonly data: JsonObject }
  | { readonly op: 'delete'; readonly id: string; readonly expected: ExpectedVersion }
  | { readonly op: 'restore'; readonly id: string }

/** A well-formed batch: `all` succeeds or fails as one, `each` operation stands for itself. */
export interface BatchRequest {
  readonly mode: 'all' | 'each'
  readonly operations: readonly BatchOperation[]
}

/** A batch may have this many operations. */
const maximumOperations = 1_000

const needs = {
  create: ['data'],
  update: ['id', 'data'],
  upsert: ['key', 'data'],
  delete: ['id'],
  restore: ['id'],
} as const satisfies { readonly [Op in BatchOperation['op']]: readonly string[] }

/** JSON Schema of a batch's body. */
export const batchSchema: JsonObject = {
  type: 'object',
  required: ['mode', 'operations'],
  additionalProperties: false,
  properties: {
    mode: { enum: ['all', 'each'] },
    operations: {
      type: 'array',
      minItems: 1,
      maxItems: maximumOperations,
      items: {
        type: 'object',
        required: ['op'],
        additionalProperties: false,
        properties: {
          op: { enum: Object.keys(needs) },
          id: { type: 'string' },
          key: { type: 'object', minProperties: 1 },
          version: { type: 'integer', minimum: 1 },
          data: { type: 'object' },
        },
        allOf: Object.entries(needs).map(([op, required]) => ({
          if: { type: 'object', required: ['op'], properties: { op: { const: op } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: {
            type: 'object',
            required: [...required],
            properties: Object.fromEntries(required.map((name) => [name, {}])),
          },
        })),
      },
    },
  },
}

let validate: Validator | undefined

/** Parses the body of a batch. @throws Fault 422 naming every place that is wrong */
export function parseBatch(input: unknown): BatchRequest {
  validate ??= compileValidator(batchSchema)
  const errors = validate(input)
  if (errors.length > 0 || !isObject(input)) throw invalidBatch(errors)
  const operations = Array.isArray(input.operations) ? input.operations : []
  return { mode: input.mode === 'each' ? 'each' : 'all', operations: operations.map(parseOperation) }
}

function parseOperation(value: Json): BatchOperation {
  const { op, id, key, version, data } = asObject(value)
  const target = { id: String(id), expected: typeof version === 'number' ? version : ('*' as const) }
  switch (op) {
    case 'update':
      return { op, ...target, data: asObject(data) }
    case 'upsert':
      return { op, key: asObject(key), data: asObject(data) }
    case 'delete':
      return { op, ...target }
    case 'restore':
      return { op, id: target.id }
    default:
      return { op: 'create', data: asObject(data) }
  }
}
