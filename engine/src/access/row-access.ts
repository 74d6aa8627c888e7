import { checkExpression, type Entity, feelTypes, type KeyedMemory, queryScope, rememberBy } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'
import { compileWhere } from '../filters/compile-sql.ts'
import { recordResolver } from '../filters/record-resolver.ts'
import { columnSql, tableOf } from '../filters/record-tables.ts'
import { clockPlaceholders } from '../filters/sql-clock.ts'
import { isUnlimited } from './actor.ts'
import { type DataScope, grantFor, type RowRight, rightsKey, type Verb } from './grant.ts'
import type { Reader } from './reader.ts'

/** Which part of the rights is asked: all of it, or only what rules say, whoever owns the record. */
export type RowPart = 'whole' | 'rules'

const memory: KeyedMemory<SQL | undefined> = new WeakMap()

/**
 * The records of an entity on which the reader may use a verb that they have, as a condition on the alias; undefined when
 * it is all of them. It is the same for everyone with the same rights: who they are stands in its places (`userValues`).
 */
export function rowsSql(
  reader: Reader,
  entity: Entity,
  verb: Verb,
  alias: string,
  part: RowPart = 'whole',
): SQL | undefined {
  const { release, actor } = reader
  if (isUnlimited(actor)) return undefined
  const key = `${entity.name} ${verb} ${alias} ${part} ${rightsKey(actor)}`
  return rememberBy(memory, release, key, () => {
    const conditions = [
      ownRows(reader, entity, { verb, alias, part }),
      parentRows(reader, entity, { verb, alias, part }),
    ]
    return allOf(conditions.flatMap((condition) => condition ?? []))
  })
}

/** {@link rowsSql} for reading, as an addition to a condition. */
export function andReadable(reader: Reader, entity: Entity, alias: string): SQL {
  const condition = rowsSql(reader, entity, 'read', alias)
  return condition === undefined ? sql`` : sql` and ${condition}`
}

/** {@link andReadable} for lines of a parent that the reader sees already. */
export function andReadableLines(reader: Reader, entity: Entity, alias: string): SQL {
  const condition = ownRows(reader, entity, { verb: 'read', alias, part: 'whole' })
  return condition === undefined ? sql`` : sql` and ${condition}`
}

interface Asked {
  readonly verb: Verb
  readonly alias: string
  readonly part: RowPart
}

function ownRows(reader: Reader, entity: Entity, { verb, alias, part }: Asked): SQL | undefined {
  const rights = grantFor(reader.release, reader.actor, entity).rows.get(verb)
  if (rights === undefined) return undefined
  const each = rights.map(({ scope, rule }) =>
    rightSql(reader, entity, alias, { scope: part === 'rules' ? 'all' : scope, rule }),
  )
  const limits = each.flatMap((condition) => condition ?? [])
  return limits.length < each.length ? undefined : sql`(${sql.join(limits, sql` or `)})`
}

function rightSql(reader: Reader, entity: Entity, alias: string, { scope, rule }: RowRight): SQL | undefined {
  const within = scopes[scope](alias)
  const ruled = rule === undefined ? undefined : ruleSql(reader, entity, alias, rule)
  return allOf([within, ruled].flatMap((condition) => condition ?? []))
}

const scopes: { readonly [K in DataScope]: (alias: string) => SQL | undefined } = {
  own: (alias) => sql`${columnSql(alias, 'owner_id')} = ${sql.placeholder('user_id')}::uuid`,
  'own-subordinates': (alias) => sql`${columnSql(alias, 'owner_id')} = any(${sql.placeholder('user_people')}::uuid[])`,
  department: (alias) => inDepartments(alias, 'user_departments'),
  'department-below': (alias) => inDepartments(alias, 'user_departments_below'),
  all: () => undefined,
}

/** One's own records are always among them, in whatever department they were made. */
function inDepartments(alias: string, place: string): SQL {
  return sql`(${columnSql(alias, 'department_id')} = any(${sql.placeholder(place)}::uuid[])
    or ${columnSql(alias, 'owner_id')} = ${sql.placeholder('user_id')}::uuid)`
}

/** A rule that is wrong was refused when it was published; should it be so still, it lets nothing through. */
function ruleSql({ release }: Reader, entity: Entity, alias: string, rule: string): SQL {
  const checked = checkExpression(rule, queryScope(release, entity), { expects: feelTypes.boolean })
  if (!checked.ok) return sql`false`
  const place = { release, clock: clockPlaceholders, entity, alias }
  return compileWhere(checked.expression, recordResolver(place), clockPlaceholders)
}

/** Lines are seen with their parent, and changed by whoever may change it. */
function parentRows(reader: Reader, entity: Entity, { verb, alias, part }: Asked): SQL | undefined {
  const { release, actor } = reader
  const parent = release.entity(String(entity.master?.settings.entity ?? ''))
  if (entity.master === undefined || parent === undefined) return undefined
  const { verbs } = grantFor(release, actor, parent)
  if (verb === 'read' && !verbs.has('read')) return sql`false`
  const asked = (['update', 'read'] as const).find((each) => verbs.has(each) && (verb !== 'read' || each === 'read'))
  // Who may write but see nothing writes lines where they may name the parent.
  if (asked === undefined) return undefined
  const inner = `${alias}p`
  const condition = rowsSql(reader, parent, asked, inner, part)
  if (condition === undefined) return undefined
  return sql`exists (select 1 from ${tableOf(parent, inner)}
    where ${columnSql(inner, 'id')} = ${columnSql(alias, entity.master.column)} and ${condition})`
}

function allOf(conditions: readonly SQL[]): SQL | undefined {
  return conditions.length === 0 ? undefined : sql`(${sql.join([...conditions], sql` and `)})`
}
