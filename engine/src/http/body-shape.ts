import { asObject, compileValidator, type JsonObject, type Validator } from '@heddle/metadata'
import { invalidBody } from '../errors.ts'

/** What a request's body looks like: one JSON Schema, which OpenAPI shows as well. */
export interface BodyShape {
  readonly schema: JsonObject
  /** The body, when it has the shape. @throws Fault 422 naming every place that is wrong */
  parse(body: unknown): JsonObject
}

/** Declares an object's properties, which are all it may have. */
export function defineBody(properties: JsonObject, required: readonly string[] = []): BodyShape {
  return shapeOf({ type: 'object', required: [...required], additionalProperties: false, properties })
}

/** Any JSON object. */
export const anyObject: BodyShape = shapeOf({ type: 'object' })

function shapeOf(schema: JsonObject): BodyShape {
  let validate: Validator | undefined
  return {
    schema,
    parse: (body) => {
      validate ??= compileValidator(schema)
      const errors = validate(body)
      if (errors.length > 0) throw invalidBody(errors)
      return asObject(body)
    },
  }
}
