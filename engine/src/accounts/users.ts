import { asText, asTexts, type JsonObject } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'
import { setPassword } from './passwords.ts'
import { endSessions } from './sessions.ts'

/** A person to create; without a password nobody can sign in as them. */
export interface NewUser {
  readonly id?: string
  readonly email: string
  readonly name: string
  readonly password?: string | undefined
  readonly roles: readonly string[]
  /** The main department. */
  readonly departmentId?: string | undefined
  readonly departmentIds?: readonly string[] | undefined
  readonly positionIds?: readonly string[] | undefined
  readonly managerId?: string | undefined
  readonly locale?: string | undefined
}

/** Creates a person with a credential; returns the id. The e-mail must be free. */
export async function createUser(connection: Connection, user: NewUser): Promise<string> {
  const id = user.id ?? uuidv7()
  await connection`
    insert into heddle.user (id, name, email, email_verified, roles, department_id, manager_id, locale)
    values (${id}, ${user.name}, ${user.email.toLowerCase()}, true, ${[...user.roles]}, ${user.departmentId ?? null},
            ${user.managerId ?? null}, ${user.locale ?? null})`
  await setPlaces(connection, id, { departments: user.departmentIds, positions: user.positionIds })
  if (user.password !== undefined) await setPassword(connection, id, user.password)
  return id
}

/** Replaces the further departments and the positions of a person, each where it is given. */
async function setPlaces(
  connection: Connection,
  id: string,
  {
    departments,
    positions,
  }: { departments?: readonly string[] | undefined; positions?: readonly string[] | undefined },
): Promise<void> {
  if (departments !== undefined) {
    await connection`delete from heddle.user_department where user_id = ${id}`
    await connection`
      insert into heddle.user_department (user_id, department_id)
      select ${id}::uuid, d from unnest(${[...departments]}::uuid[]) as d`
  }
  if (positions !== undefined) {
    await connection`delete from heddle.user_position where user_id = ${id}`
    await connection`
      insert into heddle.user_position (user_id, position_id)
      select ${id}::uuid, p from unnest(${[...positions]}::uuid[]) as p`
  }
}

/** All people by name: what everyone may know of colleagues, or everything administrators may. */
export async function listUsers(connection: Connection, detail: 'names' | 'whole'): Promise<object[]> {
  if (detail === 'names') {
    return await connection`
      select id, name, department_id as department from heddle.user where disabled_at is null order by name, id`
  }
  return await connection`select ${wholeColumns(connection)} from heddle."user" u order by name, id`
}

/** All that administrators may know of a person; undefined when there is no such person. */
export async function readUser(connection: Connection, id: string): Promise<object | undefined> {
  const [row] = await connection`select ${wholeColumns(connection)} from heddle."user" u where id = ${id}`
  return row
}

function wholeColumns(connection: Connection) {
  return connection`id, name, email, roles, department_id as department,
    array(select d.department_id from heddle.user_department d where d.user_id = u.id order by 1) as departments,
    array(select p.position_id from heddle.user_position p where p.user_id = u.id order by 1) as positions,
    manager_id as manager, locale, disabled_at is not null as disabled, two_factor_enabled as "twoFactor"`
}

/** Changes what is given of a person; undefined when there is no such person. */
export async function updateUser(connection: Connection, id: string, input: JsonObject): Promise<object | undefined> {
  const has = (name: string) => Object.hasOwn(input, name)
  const given = (name: string) => (has(name) ? asTexts(input[name]) : undefined)
  const [found] = await connection`select 1 from heddle."user" where id = ${id}`
  if (found === undefined) return undefined
  await setPlaces(connection, id, { departments: given('departments'), positions: given('positions') })
  const [row] = await connection`
    update heddle."user" u set
      name = coalesce(${asText(input.name)?.trim() ?? null}, name),
      email = coalesce(${asText(input.email)?.toLowerCase() ?? null}, email),
      roles = case when ${has('roles')} then ${asTexts(input.roles)} else roles end,
      department_id = case when ${has('department')} then ${asText(input.department) ?? null}::uuid else department_id end,
      manager_id = case when ${has('manager')} then ${asText(input.manager) ?? null}::uuid else manager_id end,
      locale = case when ${has('locale')} then ${asText(input.locale) ?? null} else locale end,
      disabled_at = case when ${has('disabled')} then case when ${input.disabled === true} then now() end else disabled_at end,
      updated_at = now()
    where id = ${id}
    returning ${wholeColumns(connection)}`
  const password = asText(input.password)
  if (row !== undefined && password !== undefined) await setPassword(connection, id, password)
  if (row !== undefined && row.disabled === true) await endSessions(connection, id)
  return row
}
