import type { Entity, Field } from '@heddle/metadata'
import { hasColumn } from '../../field-types/index.ts'
import { looseKey } from '../../field-types/loose-key.ts'
import { objectName } from './object-names.ts'
import { type FailingRows, quoted, type Step, tableName } from './step.ts'

/** One named object of the database that a definition asks for: an index or a constraint. */
export interface Constraint {
  /** Name of the object in the database. */
  readonly name: string
  /** Changes when the object must be rebuilt. */
  readonly signature: string
  readonly create: string
  readonly drop: string
  readonly path: string
  readonly text: string
  readonly class: Step['class']
  readonly failing?: FailingRows
}

/** Every index and constraint that an entity asks for. */
export function constraintsOf(entity: Entity, tableOf: (entityName: string) => string | undefined): Constraint[] {
  const stored = [...entity.fields.values()].filter(hasColumn)
  return [
    ...stored.filter((field) => field.isRequired).map((field) => requiredConstraint(entity, field)),
    ...stored.filter((field) => field.isUnique).map((field) => uniqueIndex(entity, field)),
    ...stored.flatMap((field) => referenceConstraints(entity, field, tableOf)),
    ...entity.indexes.map((index) => fieldsIndex(entity, index)),
    ...entity.duplicates.flatMap((rule) => duplicatesIndex(entity, rule)),
    ...(entity.search.length > 0 ? [searchIndex(entity)] : []),
  ]
}

/** The steps between what an entity asked for and what it asks for now; `isNew` when its table is made in this plan. */
export function planConstraints(
  entity: Entity,
  previous: readonly Constraint[],
  next: readonly Constraint[],
  isNew: boolean,
): Step[] {
  const before = new Map(previous.map((constraint) => [constraint.name, constraint.signature]))
  const after = new Map(next.map((constraint) => [constraint.name, constraint.signature]))
  const address = `entity/${entity.name}`
  const gone = previous.filter(({ name, signature }) => after.get(name) !== signature)
  const added = next.filter(({ name, signature }) => before.get(name) !== signature)
  return [
    ...gone.map(({ path, text, drop }): Step => {
      return { class: 'safe', address, path, text: `No longer: ${text}`, sql: [drop] }
    }),
    ...added.map(({ class: stepClass, path, text, create, failing }): Step => {
      const shown = isNew ? 'safe' : stepClass
      return {
        class: shown,
        address,
        path,
        text,
        sql: [create],
        ...(isNew || failing === undefined ? {} : { failing }),
      }
    }),
  ]
}

function requiredConstraint(entity: Entity, field: Field): Constraint {
  const table = tableName(entity.table)
  const name = objectName('required', entity.id, field.column)
  const column = quoted(field.column)
  return {
    name,
    signature: name,
    create: `alter table ${table} add constraint ${quoted(name)} check (${column} is not null or deleted_at is not null)`,
    drop: `alter table ${table} drop constraint if exists ${quoted(name)}`,
    path: `/properties/${field.name}`,
    text: `“${field.title}” must be filled in.`,
    class: 'guarded',
    failing: {
      code: 'publish.required.empty',
      message: `“${field.title}” is empty in these records; fill it in first.`,
      query: failingQuery(entity, `${column} is null`, 'null'),
    },
  }
}

function uniqueIndex(entity: Entity, field: Field): Constraint {
  const table = tableName(entity.table)
  const name = objectName('unique', entity.id, field.column)
  const column = quoted(field.column)
  const twice = `${column} in (select ${column} from ${table} where deleted_at is null group by 1 having count(*) > 1)`
  return {
    name,
    signature: name,
    create: `create unique index ${quoted(name)} on ${table} (${column}) where deleted_at is null`,
    drop: `drop index if exists app.${quoted(name)}`,
    path: `/properties/${field.name}`,
    text: `“${field.title}” must be different in every record.`,
    class: 'guarded',
    failing: {
      code: 'publish.unique.duplicate',
      message: `“${field.title}” has the same value in these records; make them different first.`,
      query: failingQuery(entity, twice, column),
    },
  }
}

function failingQuery(entity: Entity, condition: string, value: string): string {
  const label = entity.fields.get(entity.label ?? '')
  const shown = label !== undefined && hasColumn(label) ? `${quoted(label.column)}::text` : 'null'
  return `select id::text as id, ${shown} as label, ${value}::text as value, count(*) over ()::int as total
    from ${tableName(entity.table)} where deleted_at is null and ${condition} order by 3, id limit 20`
}

const onDelete: { readonly [rule: string]: string } = { clear: 'set null', cascade: 'cascade' }

function referenceConstraints(
  entity: Entity,
  field: Field,
  tableOf: (entityName: string) => string | undefined,
): Constraint[] {
  const target = field.settings.entity
  const targetTable = typeof target === 'string' ? tableOf(target) : undefined
  if (targetTable === undefined) return []
  const table = tableName(entity.table)
  const key = objectName('reference', entity.id, field.column)
  const index = objectName('by', entity.id, field.column)
  const rule = onDelete[String(field.settings.onDelete)] ?? (field.settings.master === true ? 'cascade' : 'no action')
  const path = `/properties/${field.name}`
  return [
    {
      name: index,
      signature: index,
      create: `create index ${quoted(index)} on ${table} (${quoted(field.column)})`,
      drop: `drop index if exists app.${quoted(index)}`,
      path,
      text: `Index “${field.title}”, so that related records are found quickly.`,
      class: 'safe',
    },
    {
      name: key,
      signature: `${key} ${targetTable} ${rule}`,
      create: `alter table ${table} add constraint ${quoted(key)} foreign key (${quoted(field.column)}) references ${tableName(targetTable)} (id) on delete ${rule} not valid`,
      drop: `alter table ${table} drop constraint if exists ${quoted(key)}`,
      path,
      text: `“${field.title}” points to existing records only.`,
      class: 'safe',
    },
  ]
}

function fieldsIndex(entity: Entity, index: Entity['indexes'][number]): Constraint {
  const columns = [...index.fields.map((name) => entity.fields.get(name)?.column ?? name), 'id']
  const name = objectName('index', entity.id, index.id, ...columns)
  return {
    name,
    signature: name,
    create: `create index ${quoted(name)} on ${tableName(entity.table)} (${columns.map(quoted).join(', ')}) where deleted_at is null`,
    drop: `drop index if exists app.${quoted(name)}`,
    path: `/x-entity/indexes/${index.id}`,
    text: `Index by ${index.fields.join(', ')}.`,
    class: 'safe',
  }
}

/** Finds the records that a new one duplicates; without it every write would read the whole table. */
function duplicatesIndex(entity: Entity, rule: Entity['duplicates'][number]): Constraint[] {
  const fields = rule.match.flatMap((name) => entity.fields.get(name) ?? []).filter(hasColumn)
  if (fields.length === 0 || fields.length < rule.match.length) return []
  const keys = fields.map((field) => looseKey(field, quoted(field.column)))
  const name = objectName('duplicates', entity.id, rule.id, ...fields.map((field) => field.column))
  return [
    {
      name,
      signature: `${name} ${keys.join(', ')}`,
      create: `create index ${quoted(name)} on ${tableName(entity.table)} (${keys.join(', ')}) where deleted_at is null`,
      drop: `drop index if exists app.${quoted(name)}`,
      path: `/x-entity/duplicates/${rule.id}`,
      text: `Index by ${rule.match.join(', ')}, so that duplicates are found quickly.`,
      class: 'safe',
    },
  ]
}

function searchIndex(entity: Entity): Constraint {
  const name = objectName('search', entity.id)
  return {
    name,
    signature: name,
    create: `create index ${quoted(name)} on ${tableName(entity.table)} using gin (_search)`,
    drop: `drop index if exists app.${quoted(name)}`,
    path: '/x-entity/search',
    text: 'Index the text for search.',
    class: 'safe',
  }
}
