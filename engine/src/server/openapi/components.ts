import type { JsonObject } from '@heddle/metadata'

const text: JsonObject = { type: 'string' }
const textOrNull: JsonObject = { type: ['string', 'null'] }
const id: JsonObject = { type: 'string', format: 'uuid' }
const moment: JsonObject = { type: 'string', format: 'date-time' }

const author: JsonObject = {
  type: ['object', 'null'],
  description: 'The person or key; null for the system.',
  properties: { id, name: textOrNull },
}

const happening: JsonObject = {
  at: moment,
  by: author,
  kind: { ...text, description: 'created, updated, deleted, restored, purged or commented' },
  transaction: { ...text, description: 'The same of all that one save did.' },
  cause: textOrNull,
  changes: {
    type: 'object',
    description: 'Old and new value by field.',
    additionalProperties: { type: 'array', minItems: 2, maxItems: 2 },
  },
}

const comment: JsonObject = {
  id,
  text,
  mentions: { type: 'array', items: { type: 'object', properties: { id, name: textOrNull } } },
}

/** Schemas that every document has. */
export const sharedSchemas: JsonObject = {
  Problem: {
    type: 'object',
    description: 'RFC 9457, with a stable code and the places in the input that are wrong.',
    required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
    properties: {
      type: { ...text, description: 'urn:heddle:problem:<code>' },
      title: text,
      status: { type: 'integer' },
      code: text,
      detail: text,
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
      requestId: text,
    },
    additionalProperties: true,
  },
  FieldError: {
    type: 'object',
    required: ['path', 'code', 'message'],
    properties: {
      path: { ...text, description: 'JSON Pointer of the property, also of a missing one' },
      code: text,
      message: text,
    },
  },
  Change: { type: 'object', required: ['at', 'by', 'kind', 'changes'], properties: happening },
  Happening: {
    type: 'object',
    required: ['at', 'by', 'kind', 'entity', 'record'],
    properties: { ...happening, entity: text, record: id, comment: { type: 'object', properties: comment } },
  },
  Comment: {
    type: 'object',
    required: ['id', 'text', 'mentions', 'at', 'by'],
    properties: { ...comment, at: moment, by: author },
  },
  BatchItem: {
    type: 'object',
    required: ['status'],
    properties: {
      status: { type: 'integer', description: 'The HTTP status this operation would have had alone.' },
      id: text,
      error: {
        type: 'object',
        properties: {
          code: text,
          detail: text,
          errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
        },
      },
      _meta: { type: 'object' },
    },
  },
  File: {
    type: 'object',
    required: ['id', 'name', 'type', 'size'],
    properties: { id, name: text, type: { ...text, description: 'by content' }, size: { type: 'integer' } },
  },
}

const query = (name: string, schema: JsonObject, description: string): JsonObject => ({
  name,
  in: 'query',
  schema,
  description,
})
const header = (name: string, description: string, required = false): JsonObject => ({
  name,
  in: 'header',
  schema: text,
  description,
  required,
})

/** Parameters that operations refer to by name. */
export const sharedParameters: JsonObject = {
  Id: { name: 'id', in: 'path', required: true, schema: id },
  Where: query('where', text, 'A condition in FEEL. Any other parameter is `field=value`; all must hold.'),
  Search: query('search', text, 'Words, Chinese words of two characters, pinyin initials.'),
  Sort: query('sort', text, 'For example `-amount,name`; `id` breaks ties.'),
  Fields: query('fields', text, 'Names of the fields to show.'),
  Include: query('include', text, 'Related records to show, e.g. `lines,author(name)`.'),
  Limit: query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Entries of a page.'),
  After: query('after', text, '`next` of the page before.'),
  Total: query('total', { enum: ['capped'] }, 'Counts up to 10,000.'),
  Deleted: query('deleted', { enum: ['only'] }, 'Lists the trash.'),
  Purge: query('purge', { enum: ['true'] }, 'Removes the record for good.'),
  IfMatch: header('If-Match', 'The ETag of the record as it was read; `*` overwrites.', true),
  IdempotencyKey: header('Idempotency-Key', 'The same key and body again answer with the record of the first time.'),
  LastEventId: header('Last-Event-ID', 'Takes the stream up where it was left.'),
}
