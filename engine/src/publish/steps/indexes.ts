import { isStored } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { looseKey } from '../../field-types/loose-key.ts'
import { objectName } from '../../storage/object-names.ts'
import type { ConstraintKind } from './constraint.ts'
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

/** What rules against duplicates match by; without it every write would read the whole table. */
export const duplicatesIndex: ConstraintKind = (entity) =>
  entity.duplicates.flatMap((rule) => {
    const fields = rule.match
      .flatMap((name) => entity.fields.get(name) ?? [])
      .filter((field) => hasColumn(field) && !isStored(field))
    if (fields.length === 0 || fields.length < rule.match.length) return []
    const keys = fields.map((field) => looseKey(field, quoted(field.column))).join(', ')
    const name = objectName('duplicates', entity.id, rule.id, ...fields.map((field) => field.column))
    const create = (how: string) =>
      `${how} ${quoted(name)} on ${tableName(entity.table)} (${keys}) where deleted_at is null`
    return [
      {
        name,
        signature: `${name} ${keys}`,
        create: create('create index'),
        drop: `drop index if exists app.${quoted(name)}`,
        path: `/x-entity/duplicates/${rule.id}`,
        text: `Index by ${rule.match.join(', ')}, so that duplicates are found quickly.`,
        class: 'safe',
        later: { create: [], kind: 'index', statement: create('create index concurrently if not exists') },
      },
    ]
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
