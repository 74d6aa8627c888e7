import { asObject, asText, checkExpression, type Entity, queryScope, type Release, valueTypeOf } from '@heddle/metadata'

/** One key of an order. */
export interface SortKey {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** A column as a view or a person wants it. */
export interface ColumnChoice {
  readonly name: string
  readonly width: number | undefined
}

/** A list of an entity's records as declared, or made up when nobody declared one. */
export interface ListView {
  readonly name: string
  readonly title: string
  readonly columns: readonly ColumnChoice[]
  readonly sort: readonly SortKey[]
  /** FEEL text that every record fulfils. */
  readonly where: string | undefined
  /** The field whose values the records are grouped by. */
  readonly group: string | undefined
}

/**
 * The views of an entity in order, the default one first; `allTitle` names the one made up when there is none. Views
 * whose condition reads what the person may not see are left out: the engine would refuse it.
 */
export function viewsOf(release: Release, entity: Entity, allTitle: string): ListView[] {
  const declared = [...release.definitions.values()]
    .filter(({ kind, body }) => kind === 'view' && body.entity === entity.name)
    .filter(({ body }) => isReadable(release, entity, asText(body.where)))
    .toSorted((a, b) => rankOf(a.body) - rankOf(b.body))
  return declared.length === 0
    ? [generatedView(entity, allTitle)]
    : declared.map(({ name, body }) => readView(entity, name, body))
}

function isReadable(release: Release, entity: Entity, where: string | undefined): boolean {
  return where === undefined || checkExpression(where, queryScope(release, entity)).ok
}

/** `-amount,name` as sort keys; anything that is none is left out. */
export function parseSort(text: string | undefined): SortKey[] {
  return (text ?? '').split(',').flatMap((part): SortKey[] => {
    const field = part.replace(/^-/, '').trim()
    return field === '' ? [] : [{ field, direction: part.startsWith('-') ? 'desc' : 'asc' }]
  })
}

/** Sort keys as `-amount,name`. */
export function sortText(sort: readonly SortKey[]): string {
  return sort.map(({ field, direction }) => (direction === 'desc' ? `-${field}` : field)).join(',')
}

function rankOf(body: ReturnType<typeof asObject>): number {
  if (body.default === true) return Number.NEGATIVE_INFINITY
  return typeof body.order === 'number' ? body.order : Number.MAX_SAFE_INTEGER
}

function readView(entity: Entity, name: string, body: ReturnType<typeof asObject>): ListView {
  return {
    name,
    title: asText(body.title) ?? name,
    columns: Object.entries(asObject(body.columns)).map(([column, settings]) => {
      const { width } = asObject(settings)
      return { name: column, width: typeof width === 'number' ? width : undefined }
    }),
    sort: Object.entries(asObject(body.sort)).map(([field, direction]) => ({
      field,
      direction: direction === 'desc' ? 'desc' : 'asc',
    })),
    where: asText(body.where),
    group: entity.fields.has(asText(body.group) ?? '') ? asText(body.group) : undefined,
  }
}

const mostColumns = 8
/** FEEL kinds of values that are read at a glance in one cell. */
const plainKinds: ReadonlySet<string> = new Set([
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'option',
  'reference',
])

function generatedView(entity: Entity, title: string): ListView {
  const names = [...entity.fields.values()]
    .filter((field) => plainKinds.has(valueTypeOf(field).feel) && field.name !== entity.label)
    .map(({ name }) => name)
    .slice(0, mostColumns - 1)
  const columns = [...(entity.label === undefined ? [] : [entity.label]), ...names, 'updated_at']
  return {
    name: '',
    title,
    columns: columns.map((name) => ({ name, width: undefined })),
    sort: [],
    where: undefined,
    group: undefined,
  }
}
