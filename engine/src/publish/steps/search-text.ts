import type { Entity, Field } from '@heddle/metadata'
import { fieldTypeOf, isEqual } from '@heddle/metadata'
import { objectName } from '../../storage/object-names.ts'
import type { TableSize } from './constraints.ts'
import type { Step } from './step.ts'

/** The step that writes the text for search anew when other fields make it: always a job, the engine makes the words. */
export function planSearch(entity: Entity, before: Entity | undefined, size: TableSize): Step[] {
  if (size === 'new' || entity.search.length === 0) return []
  if (before !== undefined && isEqual(sourcesOf(entity), sourcesOf(before))) return []
  return [
    {
      class: 'safe',
      address: `entity/${entity.name}`,
      path: '/x-entity/search',
      text: 'Write the text for search of every record.',
      sql: [],
      deferred: { kind: 'search', name: searchJobName(entity), detail: { entity: entity.id } },
    },
  ]
}

/** The name of the job that writes an entity's text for search. */
export function searchJobName(entity: Pick<Entity, 'id'>): string {
  return objectName('search_text', entity.id)
}

/** What the words are made of: the fields by identity, with what turns their values into text. */
function sourcesOf(entity: Entity): object[] {
  return entity.search
    .flatMap((name) => entity.fields.get(name) ?? [])
    .map((field: Field) => ({ id: field.id, column: field.column, options: textsOf(field) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function textsOf(field: Field): object | null {
  return fieldTypeOf(field.type).hasOptions === true ? Object.fromEntries(field.choices) : null
}
