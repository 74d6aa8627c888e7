import type { Entity, EntityStorage, Field } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { quoted, type Step, tableName } from './step.ts'

/**
 * One step for each field that loses options, or comes back from hiding and may have lost some; records that still hold
 * one are its failing rows.
 */
export function planRemovedOptions(before: Entity | undefined, entity: Entity, stored: EntityStorage): Step[] {
  const place = { before, entity, stored }
  return [...entity.fields.values()].flatMap((field): Step[] => {
    if (!hasColumn(field)) return []
    const previous = before && fieldById(before, field.id)
    // A column of another type is filled by a cast, which judges every value itself.
    if (previous !== undefined && previous.column !== field.column) return []
    if (previous !== undefined) return lossesOf(previous, field).map((loss) => removalStep(place, field, loss))
    const isBack = stored.fields[field.id]?.column === field.column
    return isBack ? offersOf(field).map((offer) => returnStep(place, field, offer)) : []
  })
}

/** The entity as it is until now, unless it is hidden, as it will be, and what the database has of it. */
interface Place {
  readonly before: Entity | undefined
  readonly entity: Entity
  readonly stored: EntityStorage
}

/** Options that a field, or one inside its group, no longer has. */
interface Loss {
  readonly field: Field
  /** The SQL/JSON path of its values in the column. */
  readonly values: string
  readonly keys: readonly string[]
  readonly titles: readonly string[]
}

function fieldById(entity: Entity, id: string): Field | undefined {
  return [...entity.fields.values()].find((field) => field.id === id)
}

function lossesOf(before: Field, field: Field): Loss[] {
  const inner = [...field.fields.values()].flatMap((part) => {
    const previous = before.fields.get(part.name)
    return previous === undefined ? [] : lossOf(previous, part, `$.${quoted(part.name)}.**`)
  })
  return [...lossOf(before, field, '$.**'), ...inner]
}

function lossOf(before: Field, field: Field, values: string): Loss[] {
  const kept = new Set(field.options)
  const keys = before.options.filter((key) => !kept.has(key))
  const titles = keys.map((key) => before.choices.get(key)?.title ?? key)
  return keys.length === 0 || kept.size === 0 ? [] : [{ field, values, keys, titles }]
}

/** The fields with options in a column, groups having several, and the paths of their values. */
function offersOf(column: Field): Pick<Loss, 'field' | 'values'>[] {
  const inner = [...column.fields.values()].map((field) => ({ field, values: `$.${quoted(field.name)}.**` }))
  return [{ field: column, values: '$.**' }, ...inner].filter(({ field }) => field.options.length > 0)
}

function returnStep(place: Place, column: Field, { field, values }: Pick<Loss, 'field' | 'values'>): Step {
  const query = holdersOf(place, column, `${values} ? (@.type() == "string" && !(@ == $keys[*]))`, field.options)
  return {
    class: 'safe',
    address: `entity/${place.entity.name}`,
    path: pathOf(column, field),
    text: `“${field.title}” offers what its records hold from before.`,
    sql: [],
    failing: {
      code: 'publish.option.used',
      message: `These records hold from before what “${field.title}” does not offer; offer it again, or purge the values first.`,
      query,
    },
  }
}

function pathOf(column: Field, field: Field): string {
  return field === column ? `/properties/${column.name}` : `/properties/${column.name}/properties/${field.name}`
}

function removalStep(place: Place, column: Field, { field, values, keys, titles }: Loss): Step {
  const shown = titles.slice(0, 5).map((title) => `“${title}”`)
  const list = [...shown, ...(titles.length > shown.length ? ['…'] : [])].join(', ')
  return {
    class: 'safe',
    address: `entity/${place.entity.name}`,
    path: pathOf(column, field),
    text: `“${field.title}” no longer offers ${list}.`,
    sql: [],
    failing: {
      code: 'publish.option.used',
      message: `These records still hold an option of “${field.title}” that goes (${list}); change them first, or keep it.`,
      query: holdersOf(place, column, `${values} ? (@ == $keys[*])`, keys),
    },
  }
}

/** Records in which the path finds something, in whatever shape the column keeps its options; named as they are until now. */
function holdersOf({ before, entity, stored }: Place, column: Field, path: string, keys: readonly string[]): string {
  const found = `to_jsonb(${quoted(column.column)}), ${literal(path)}, ${literal(JSON.stringify({ keys }))}`
  const named = before ?? entity
  const label = named.fields.get(named.label ?? '')
  const isThere = label !== undefined && hasColumn(label) && stored.fields[label.id]?.column === label.column
  const shown = isThere ? `${quoted(label.column)}::text` : 'null'
  return `select id::text as id, ${shown} as label, jsonb_path_query_first(${found}) #>> '{}' as value,
      count(*) over ()::int as total
    from ${tableName(entity.table)}
    where deleted_at is null and jsonb_path_exists(${found}) order by 3, id limit 20`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
