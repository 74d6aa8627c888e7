import { type Entity, type JsonObject, pureSchema, type Release, schemaPurposes } from '@heddle/metadata'

/**
 * TypeScript types of entities' records, one for each purpose (`ArticleCreate`, `ArticlePatch`, `ArticleRead`) and
 * `Entities` with all of them by the entity's name.
 */
export async function entityTypes(release: Release, entities: readonly Entity[]): Promise<string> {
  // Large, and of use to nobody but this.
  const { compile } = await import('json-schema-to-typescript')
  const names = typeNames(entities)
  const schemas: JsonObject = {}
  const properties: JsonObject = {}
  for (const entity of entities) {
    const own: JsonObject = {}
    for (const purpose of schemaPurposes) {
      const title = `${names.get(entity)}${pascal(purpose)}`
      schemas[title] = { ...pureSchema(release, entity, purpose), title }
      own[purpose] = { $ref: `#/$defs/${title}` }
    }
    properties[entity.name] = objectOf(own)
  }
  return compile({ ...objectOf(properties), title: 'Entities', $defs: schemas }, 'Entities', {
    bannerComment: '// Made by “npx heddle types” from what is live; make it again after a publish.\n',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { semi: false, singleQuote: true, printWidth: 120, trailingComma: 'all' },
  })
}

function objectOf(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

/** `note_2` and `note2` would be one name: the later gets an underscore more. */
function typeNames(entities: readonly Entity[]): Map<Entity, string> {
  const taken = new Set<string>()
  return new Map(
    entities.map((entity) => {
      let name = pascal(entity.name)
      while (taken.has(name)) name += '_'
      taken.add(name)
      return [entity, name]
    }),
  )
}

function pascal(name: string): string {
  return name.replace(/(^|_)([a-z0-9])/g, (_match, _underscore, letter: string) => letter.toUpperCase())
}
