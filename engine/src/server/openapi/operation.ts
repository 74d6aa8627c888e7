import type { Json, JsonObject } from '@heddle/metadata'

/** One operation as it is written down; everything it shares with all others is added by {@link describe}. */
export interface Operation {
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly JsonObject[]
  /** JSON Schema of the body. */
  readonly body?: JsonObject
  /** Media type of the body; JSON unless given. */
  readonly bodyType?: string
  /** JSON Schema of the answer; none when it has no body. */
  readonly answer?: JsonObject
  readonly answerType?: string
  readonly status?: number
  /** Response headers by name. */
  readonly headers?: readonly string[]
  readonly isOpen?: true
}

/** A reference to a schema of the document. */
export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })

/** A reference to a parameter of the document. */
export const parameter = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` })

/** A list as the API answers it. */
export const listOf = (items: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items }, ...more },
})

/** A page of a list: `next` is the cursor of the page after it. */
export const pageOf = (items: JsonObject): JsonObject => listOf(items, { next: { type: ['string', 'null'] } })

/** The operation as an OpenAPI operation object. */
export function describe(id: string, operation: Operation): JsonObject {
  const { tag, summary, description, parameters, body, answer, isOpen } = operation
  const described: { [name: string]: Json } = { operationId: id, tags: [tag], summary }
  if (description !== undefined) described.description = description
  if (parameters !== undefined) described.parameters = [...parameters]
  if (body !== undefined) {
    described.requestBody = {
      required: true,
      content: { [operation.bodyType ?? 'application/json']: { schema: body } },
    }
  }
  if (isOpen) described.security = []
  const status = operation.status ?? (answer === undefined ? 204 : 200)
  described.responses = { [status]: success(operation), default: { $ref: '#/components/responses/Problem' } }
  return described
}

function success({ summary, answer, answerType, headers = [] }: Operation): JsonObject {
  const response: { [name: string]: Json } = { description: summary }
  if (answer !== undefined) response.content = { [answerType ?? 'application/json']: { schema: answer } }
  if (headers.length > 0) {
    response.headers = Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }]))
  }
  return response
}
