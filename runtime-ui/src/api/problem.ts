import { asObject, asText, type JsonObject } from '@heddle/metadata'

/** One thing wrong with what was sent; `path` is the JSON Pointer of the property. */
export interface FieldProblem {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** An answer other than success, or none at all (`status` 0, `code` `network`). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly errors: readonly FieldProblem[]
  readonly requestId: string | undefined
  /** The whole problem document, for what only some codes carry. */
  readonly body: JsonObject

  constructor(status: number, body: JsonObject, requestId?: string) {
    super(asText(body.detail) ?? asText(body.message) ?? asText(body.title) ?? '')
    this.status = status
    this.code = asText(body.code) ?? ''
    this.errors = readErrors(body.errors)
    this.requestId = asText(body.requestId) ?? requestId
    this.body = body
  }
}

function readErrors(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return []
  return errors.map(asObject).map(({ path, code, message }) => ({
    path: asText(path) ?? '',
    code: asText(code) ?? '',
    message: asText(message) ?? '',
  }))
}
