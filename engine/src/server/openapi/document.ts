import { type Entity, type Json, type JsonObject, schemaPurposes } from '@heddle/metadata'
import { describedSchema } from '../../access/entity-schema.ts'
import { grantFor, mayDo } from '../../access/grant.ts'
import type { Reader } from '../../access/reader.ts'
import { sharedParameters, sharedSchemas } from './components.ts'
import { describe } from './operation.ts'
import { productOperations } from './product-operations.ts'
import { type PlacedOperation, recordOperations } from './record-operations.ts'

/** The API of the release as an OpenAPI 3.1 document, trimmed to what the reader may do and see. */
export function openapiDocument(reader: Reader, sessionCookie: string): JsonObject {
  const { release, actor } = reader
  const entities = release.entityNames.flatMap((name) => release.entity(name) ?? [])
  const usable = entities.filter((entity) => grantFor(release, actor, entity).verbs.size > 0)
  const operations: PlacedOperation[] = [
    ...usable.flatMap((entity) => recordOperations(reader, entity)),
    ...productOperations.filter(({ needs }) => needs === undefined || mayDo(release, actor, needs)),
  ]
  return {
    openapi: '3.1.0',
    info: {
      title: 'Heddle',
      version: String(release.number),
      description: `The API of release ${release.number}, as far as you may use it.`,
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { session: [] }],
    tags: tagsOf(usable, operations),
    paths: pathsOf(operations),
    components: {
      schemas: { ...schemasOf(reader, usable), ...sharedSchemas },
      parameters: sharedParameters,
      responses: {
        Problem: {
          description: 'What is wrong, where, and what would be right.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  }
}

function schemasOf(reader: Reader, entities: readonly Entity[]): JsonObject {
  return Object.fromEntries(
    entities.flatMap((entity) =>
      schemaPurposes.map((purpose) => {
        const name = purpose === 'read' ? entity.name : `${entity.name}.${purpose}`
        return [name, describedSchema(reader, entity, purpose)]
      }),
    ),
  )
}

function tagsOf(entities: readonly Entity[], operations: readonly PlacedOperation[]): JsonObject[] {
  const titles = new Map(entities.map((entity) => [entity.name, entity.title]))
  return [...new Set(operations.map(({ tag }) => tag))].map((name): JsonObject => {
    const description = titles.get(name)
    return description === undefined ? { name } : { name, description }
  })
}

function pathsOf(operations: readonly PlacedOperation[]): JsonObject {
  const paths: { [path: string]: { [method: string]: Json } } = {}
  for (const operation of operations) {
    const { method, path } = operation
    const id = `${method}_${path.replace(/^\/api\//, '')}`.replace(/[^a-z0-9]+/g, '_').replace(/_$/, '')
    paths[path] = { ...paths[path], [method]: describe(id, operation) }
  }
  return paths
}
