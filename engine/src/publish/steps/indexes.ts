import type { ConstraintKind } from './constraint.ts'
import { objectName } from './object-names.ts'
import { quoted, tableName } from './step.ts'

/** The indexes that an entity declares. */
export const declaredIndexes: ConstraintKind = (entity) =>
  entity.indexes.map((index) => {
    const columns = [...index.fields.map((name) => entity.fields.get(name)?.column ?? name), 'id']
    const name = objectName('index', entity.id, index.id, ...columns)
    const create = (how: string) =>
      `${how} ${quoted(name)} on ${tableName(entity.table)} (${columns.map(quoted).join(', ')}) where deleted_at is null`
    return {
      name,
      signature: name,
      create: create('create index'),
      drop: `drop index if exists app.${quoted(name)}`,
      path: `/x-entity/indexes/${index.id}`,
      text: `Index by ${index.fields.join(', ')}.`,
      class: 'safe',
      later: { create: [], kind: 'index', statement: create('create index concurrently if not exists') },
    }
  })

/** The index of the text that search looks in. */
export const searchIndex: ConstraintKind = (entity) => {
  if (entity.search.length === 0) return []
  const name = objectName('search', entity.id)
  const create = (how: string) => `${how} ${quoted(name)} on ${tableName(entity.table)} using gin (_search)`
  return [
    {
      name,
      signature: name,
      create: create('create index'),
      drop: `drop index if exists app.${quoted(name)}`,
      path: '/x-entity/search',
      text: 'Index the text for search.',
      class: 'safe',
      later: { create: [], kind: 'index', statement: create('create index concurrently if not exists') },
    },
  ]
}
