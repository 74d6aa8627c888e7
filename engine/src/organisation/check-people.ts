import { asObject, asText, asTexts, type JsonObject, nearest, type Release } from '@heddle/metadata'
import { adminRole } from '../access/actor.ts'
import { localesOf } from '../access/language.ts'
import { passwordFaults } from '../accounts/password-policy.ts'
import { type FieldError, invalidBody } from '../errors.ts'
import type { Connection } from '../storage/connect.ts'

/** A well-formed body, and who it is about; undefined for somebody new. */
export interface Wish {
  readonly input: JsonObject
  readonly id?: string
}

/** Refuses roles, departments, managers and languages that there are not, and circles of managers. @throws Fault 422 */
export async function checkPerson(connection: Connection, release: Release, { input, id }: Wish): Promise<void> {
  const manager = asText(input.manager)
  refuse([
    ...(await weakPassword(connection, { input, id })),
    ...unknownRoles(release, asTexts(input.roles)),
    ...unknownLocale(release, asText(input.locale)),
    ...(await unknownDepartment(connection, '/department', asText(input.department))),
    ...(await unknownPlaces(connection, input, 'departments', 'department')),
    ...(await unknownPlaces(connection, input, 'positions', 'position')),
    ...(await unknownPerson(connection, '/manager', manager)),
  ])
  if (id === undefined || manager === undefined) return
  const above = await connection<{ id: string }[]>`
    with recursive above as (
      select id, manager_id from heddle."user" where id = ${manager}
      union select u.id, u.manager_id from heddle."user" u join above on u.id = above.manager_id
    ) select id from above where id = ${id}`
  if (above.length > 0) refuse([{ path: '/manager', code: 'manager.circle', message: 'Nobody can manage themselves.' }])
}

/** Refuses a successor who cannot take anything over. @throws Fault 422 */
export async function checkSuccessor(
  connection: Connection,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  if (from === to) refuse([{ path: '/to', code: 'handOver.self', message: 'Name somebody else to take it over.' }])
  const rows = await connection`select 1 from heddle."user" where id = ${to} and disabled_at is null`
  if (rows.length > 0) return
  const message = 'There is no such person, or they cannot sign in; see /api/users.'
  refuse([{ path: '/to', code: 'reference.unknown', message }])
}

/** Refuses roles that there are not. @throws Fault 422 */
export function checkRoles(release: Release, roles: readonly string[]): void {
  refuse(unknownRoles(release, roles))
}

/** Refuses parents and heads that there are not, and circles of departments. @throws Fault 422 */
export async function checkDepartment(connection: Connection, { input, id }: Wish): Promise<void> {
  const parent = asText(input.parent)
  refuse([
    ...(await unknownDepartment(connection, '/parent', parent)),
    ...(await unknownPerson(connection, '/head', asText(input.head))),
  ])
  if (id === undefined || parent === undefined) return
  const above = await connection<{ id: string }[]>`
    with recursive above as (
      select id, parent_id from heddle.department where id = ${parent}
      union select d.id, d.parent_id from heddle.department d join above on d.id = above.parent_id
    ) select id from above where id = ${id}`
  if (above.length > 0) {
    refuse([{ path: '/parent', code: 'department.circle', message: 'A department cannot be a part of itself.' }])
  }
}

/** The person's password judged by the name and e-mail that they will have. */
async function weakPassword(connection: Connection, { input, id }: Wish): Promise<readonly FieldError[]> {
  const password = asText(input.password)
  if (password === undefined) return []
  const [known] = await connection<{ email: string; name: string }[]>`
    select email, name from heddle."user" where id = ${id ?? null}`
  const owner = { email: asText(input.email) ?? known?.email ?? '', name: asText(input.name) ?? known?.name ?? '' }
  return passwordFaults('/password', password, owner)
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw invalidBody(errors)
}

function unknownRoles(release: Release, roles: readonly string[]): FieldError[] {
  const known = [adminRole, ...[...release.definitions.values()].filter(isRole).map((definition) => definition.name)]
  return roles.flatMap((role, index) =>
    known.includes(role) ? [] : [unknown(`/roles/${index}`, `There is no role “${role}”`, nearest(role, known))],
  )
}

function isRole({ kind }: { readonly kind: string }): boolean {
  return kind === 'role'
}

function unknownLocale(release: Release, locale: string | undefined): FieldError[] {
  const known = localesOf(release)
  if (locale === undefined || known.includes(locale)) return []
  return [unknown('/locale', `The settings name no locale “${locale}”`, nearest(locale, known) ?? known.join(', '))]
}

function unknown(path: string, what: string, near: string | undefined): FieldError {
  const message = near === undefined ? `${what}.` : `${what}; did you mean “${near}”?`
  return { path, code: 'reference.unknown', message, ...(near === undefined ? {} : { near }) }
}

async function unknownDepartment(connection: Connection, path: string, id: string | undefined): Promise<FieldError[]> {
  if (id === undefined) return []
  const rows = await connection`select 1 from heddle.department where id = ${id}`
  return rows.length > 0
    ? []
    : [{ path, code: 'reference.unknown', message: 'There is no such department; see /api/departments.' }]
}

/** What a list of departments or positions names that there is not. */
async function unknownPlaces(
  connection: Connection,
  input: JsonObject,
  list: 'departments' | 'positions',
  table: 'department' | 'position',
): Promise<FieldError[]> {
  const ids = asTexts(input[list])
  if (ids.length === 0) return []
  const rows = await connection<
    { id: string }[]
  >`select id from heddle.${connection(table)} where id = any(${ids}::uuid[])`
  const known = new Set(rows.map(({ id }) => id))
  return ids.flatMap((id, index) => {
    const message = `There is no such ${table}; see /api/${list}.`
    return known.has(id.toLowerCase()) ? [] : [{ path: `/${list}/${index}`, code: 'reference.unknown', message }]
  })
}

async function unknownPerson(connection: Connection, path: string, id: string | undefined): Promise<FieldError[]> {
  if (id === undefined) return []
  const rows = await connection`select 1 from heddle."user" where id = ${id}`
  return rows.length > 0
    ? []
    : [{ path, code: 'reference.unknown', message: 'There is no such person; see /api/users.' }]
}

/** What a body says of a person, as it is stored. */
export function personOf(input: JsonObject) {
  const { email, name, password, department, manager, locale } = asObject(input)
  return {
    email: (asText(email) ?? '').toLowerCase(),
    name: (asText(name) ?? '').trim(),
    password: asText(password),
    roles: asTexts(input.roles),
    departmentId: asText(department),
    departmentIds: asTexts(input.departments),
    positionIds: asTexts(input.positions),
    managerId: asText(manager),
    locale: asText(locale),
  }
}
