import type { Entity, Field } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { quoted, type Step, tableName } from './step.ts'

/** One step for each field that loses options; records that still hold one are its failing rows. */
export function planRemovedOptions(before: Entity, entity: Entity): Step[] {
  return [...entity.fields.values()].flatMap((field): Step[] => {
    const previous = fieldById(before, field.id)
    // A column of another type is filled by a cast, which judges every value itself.
    if (previous === undefined || previous.column !== field.column || !hasColumn(field)) return []
    return lossesOf(previous, field).map((loss) => removalStep({ before, entity }, field, loss))
  })
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

function removalStep(
  { before, entity }: { readonly before: Entity; readonly entity: Entity },
  column: Field,
  { field, values, keys, titles }: Loss,
): Step {
  const shown = titles.slice(0, 5).map((title) => `“${title}”`)
  const list = [...shown, ...(titles.length > shown.length ? ['…'] : [])].join(', ')
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: field === column ? `/properties/${column.name}` : `/properties/${column.name}/properties/${field.name}`,
    text: `“${field.title}” no longer offers ${list}.`,
    sql: [],
    failing: {
      code: 'publish.option.used',
      message: `These records still hold an option of “${field.title}” that goes (${list}); change them first, or keep it.`,
      query: holdersOf(before, column, values, keys),
    },
  }
}

/** Records that hold one of the keys, in whatever shape the column keeps its options; named as they are until now. */
function holdersOf(entity: Entity, column: Field, values: string, keys: readonly string[]): string {
  const path = `${values} ? (@ == $keys[*])`
  const found = `to_jsonb(${quoted(column.column)}), ${literal(path)}, ${literal(JSON.stringify({ keys }))}`
  const label = entity.fields.get(entity.label ?? '')
  const shown = label !== undefined && hasColumn(label) ? `${quoted(label.column)}::text` : 'null'
  return `select id::text as id, ${shown} as label, jsonb_path_query_first(${found}) #>> '{}' as value,
      count(*) over ()::int as total
    from ${tableName(entity.table)}
    where deleted_at is null and jsonb_path_exists(${found}) order by 3, id limit 20`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
