import {
  type Entity,
  type NumberedField,
  type NumberPart,
  numberedFields,
  type Release,
  timeZoneOf,
} from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { columnSql, tableOf } from '../../filters/record-tables.ts'
import { renderInline } from '../../storage/statement.ts'
import { type Step, tableName } from './step.ts'

/**
 * The steps for numbers: records that have none get theirs in the order of their creation, those of an entity that comes
 * back from hiding too, and a counter that starts over at other times goes on from where it stands.
 */
export function planNumbers(live: Release, next: Release): Step[] {
  return next.entityNames.flatMap((name) => {
    const entity = next.entity(name)
    if (entity === undefined || live.storage.entities[entity.id] === undefined) return []
    const before = live.entityById(entity.id)
    if (before === entity) return []
    const known = new Map((before ? numberedFields(before) : []).map((each) => [each.field.id, each]))
    return numberedFields(entity).flatMap((numbered): Step[] => {
      const was = known.get(numbered.field.id)
      if (was === undefined) return [fillStep(next, entity, numbered)]
      return was.numbering.periodLength === numbered.numbering.periodLength
        ? []
        : [continueStep(next, entity, was, numbered)]
    })
  })
}

function fillStep(release: Release, entity: Entity, { field, numbering }: NumberedField): Step {
  const column = columnSql('r', field.column)
  const day = sql`to_char(r.created_at at time zone ${timeZoneOf(release)}, 'YYYY-MM-DD')`
  const period = sql`left(${day}, ${numbering.periodLength})`
  const number = sql.join(
    numbering.parts.map((part) => partSql(part, sql`c.day`, sql`c.count`)),
    sql` || `,
  )
  const statement = sql`with counted as (
      select r.id, ${day} as day, ${period} as period,
        coalesce(k.value, 0) + row_number() over (partition by ${period} order by r.created_at, r.id) as count
      from ${tableOf(entity, 'r')} left join heddle.counter k
        on k.entity = ${entity.id} and k.field = ${field.id} and k.period = ${period}
      where ${column} is null
    ), written as (
      update ${tableOf(entity, 't')} set ${sql.identifier(field.column)} = ${number} from counted c where t.id = c.id
    )
    insert into heddle.counter (entity, field, period, value)
    select ${entity.id}, ${field.id}, period, max(count) from counted group by period
    on conflict (entity, field, period) do update set value = excluded.value`
  return stepOf(entity, field.name, `Number the records of “${entity.title}” in “${field.title}”, oldest first.`, [
    `lock table ${tableName(entity.table)} in share row exclusive mode`,
    renderInline(statement),
  ])
}

function partSql(part: NumberPart, day: SQL, count: SQL): SQL {
  if ('text' in part) return sql`${part.text}::text`
  if ('from' in part) return sql`substr(${day}, ${part.from + 1}, ${part.to - part.from})`
  return sql`lpad(${count}::text, greatest(${part.width}, length(${count}::text)), '0')`
}

function continueStep(
  release: Release,
  entity: Entity,
  before: NumberedField,
  { field, numbering }: NumberedField,
): Step {
  const today = sql`to_char(now() at time zone ${timeZoneOf(release)}, 'YYYY-MM-DD')`
  const statement = sql`with standing as (
      select k.value from heddle.counter k where k.entity = ${entity.id} and k.field = ${field.id}
        and k.period = left(${today}, ${before.numbering.periodLength}) for update
    )
    insert into heddle.counter as k (entity, field, period, value)
    select ${entity.id}, ${field.id}, left(${today}, ${numbering.periodLength}), s.value from standing s
    on conflict (entity, field, period) do update set value = greatest(k.value, excluded.value)`
  return stepOf(entity, field.name, `“${field.title}” counts on from where it stands.`, [renderInline(statement)])
}

function stepOf(entity: Entity, field: string, text: string, statements: readonly string[]): Step {
  return { class: 'safe', address: `entity/${entity.name}`, path: `/properties/${field}`, text, sql: statements }
}
