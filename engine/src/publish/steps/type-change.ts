import type { Entity, Field, FieldStorage, HeldField } from '@heddle/metadata'
import { type CastSql, castFrom } from '../../field-types/casts.ts'
import { textLiteral } from '../../field-types/sql-text.ts'
import { objectName } from '../../storage/object-names.ts'
import { addConvertedColumn } from './columns.ts'
import { failingQuery, quoted, type Step, tableName, type ValueIn } from './step.ts'

/** A field that changes its type, with the way its values go. */
export interface TypeChange {
  readonly from: Field
  readonly to: Field
  readonly timeZone: string
}

/** A change that has a way. */
export interface CastableChange extends TypeChange {
  readonly cast: CastSql
}

/** The step that converts a small table at once: a checked copy into a new column. The old one stays until it is purged. */
export function copyColumn(entity: Entity, change: CastableChange, target: FieldStorage, valueIn: ValueIn): Step {
  const { cast } = change
  const table = tableName(entity.table)
  const message = `A value of “${change.to.title}” cannot become ${change.to.type}.`
  return {
    ...placeOf(entity, change),
    text: `${describe(change)}; the values are copied and checked.`,
    sql: [
      addConvertedColumn(entity, target),
      `update ${table} set ${quoted(target.column)} = ${cast.value} where ${quoted(change.from.column)} is not null`,
      `do $check$ begin if exists (select 1 from ${table} where deleted_at is null and (${cast.fails})) then
        raise exception using errcode = 'check_violation', message = ${textLiteral(message)}; end if; end $check$`,
    ],
    failing: failingCast(entity, change, valueIn),
  }
}

/** The step that begins to convert a big table: new values go to both columns, a job takes the old ones along. */
export function beginConversion(entity: Entity, change: CastableChange, { next }: HeldField, valueIn: ValueIn): Step {
  const { cast } = change
  const failing = failingCast(entity, change, valueIn)
  const detail = {
    entity: entity.id,
    field: change.from.id,
    table: entity.table,
    column: next.column,
    value: cast.value,
    filled: `${quoted(change.from.column)} is not null`,
    fails: cast.fails,
    failing: failing.query,
  }
  return {
    ...placeOf(entity, change),
    text: `${describe(change)}; a job converts the values, then the field changes by itself.`,
    sql: [addConvertedColumn(entity, next), ...createTrigger(entity, change, next)],
    failing,
    deferred: { kind: 'convert', name: conversionName(entity, next), detail },
  }
}

/** The step at the end of a conversion: the field is the new column now. */
export function finishConversion(entity: Entity, field: Field, target: FieldStorage): Step {
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path: `/properties/${field.name}`,
    text: `“${field.title}” has its new type; all values are converted.`,
    sql: dropTrigger(entity, target),
  }
}

/** The step that gives a conversion up: what it has made so far goes, the field's own values are untouched. */
export function cancelConversion(entity: Entity, path: string, target: FieldStorage): Step {
  return {
    class: 'safe',
    address: `entity/${entity.name}`,
    path,
    text: 'Give up the change of type that was under way.',
    sql: [
      ...dropTrigger(entity, target),
      `alter table ${tableName(entity.table)} drop column if exists ${quoted(target.column)}`,
    ],
    cancels: [conversionName(entity, target)],
  }
}

/** The name of a conversion's trigger, function and job. */
export function conversionName(entity: Pick<Entity, 'id'>, target: FieldStorage): string {
  return objectName('convert', entity.id, target.column)
}

function placeOf(entity: Entity, { to }: TypeChange) {
  return { class: 'guarded', address: `entity/${entity.name}`, path: `/properties/${to.name}` } as const
}

function describe({ from, to }: TypeChange): string {
  return `Change “${to.title}” from ${from.type} to ${to.type}`
}

function failingCast(entity: Entity, { from, to, cast }: CastableChange, valueIn: ValueIn) {
  return {
    code: 'publish.type.value',
    message: `“${to.title}” of these records cannot become ${to.type} without loss; correct it first.`,
    query: failingQuery(entity, cast.fails, quoted(from.column), valueIn),
  }
}

function createTrigger(entity: Entity, change: CastableChange, target: FieldStorage): string[] {
  const name = quoted(conversionName(entity, target))
  const column = `new.${quoted(change.from.column)}`
  const cast = castFrom(column, change)
  if (cast === undefined) return []
  const message = `The value cannot become ${change.to.type}, which the field is changing to.`
  return [
    `create function app.${name}() returns trigger language plpgsql as $convert$ begin
      if new.deleted_at is null and (${cast.fails}) then
        raise exception using errcode = 'check_violation', constraint = ${textLiteral(conversionName(entity, target))},
          column = ${textLiteral(change.from.id)}, message = ${textLiteral(message)};
      end if;
      new.${quoted(target.column)} := ${cast.value};
      return new;
    end $convert$`,
    `create trigger ${name} before insert or update of ${quoted(change.from.column)}
      on ${tableName(entity.table)} for each row execute function app.${name}()`,
  ]
}

function dropTrigger(entity: Entity, target: FieldStorage): string[] {
  const name = quoted(conversionName(entity, target))
  return [`drop trigger if exists ${name} on ${tableName(entity.table)}`, `drop function if exists app.${name}()`]
}
