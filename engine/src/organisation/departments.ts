import { asText, type JsonObject, type Release } from '@heddle/metadata'
import { countInDepartment } from '../records/count-records.ts'
import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'

/** A department to create. */
export interface NewDepartment {
  readonly id?: string
  readonly name: string
  readonly parent?: string | undefined
  readonly head?: string | undefined
}

/** Creates a department; returns the id. */
export async function createDepartment(connection: Connection, department: NewDepartment): Promise<string> {
  const id = department.id ?? uuidv7()
  await connection`
    insert into heddle.department (id, name, parent_id, head_id)
    values (${id}, ${department.name}, ${department.parent ?? null}, ${department.head ?? null})`
  return id
}

/** All departments by name. */
export async function listDepartments(connection: Connection): Promise<object[]> {
  return await connection`
    select id, name, parent_id as parent, head_id as head from heddle.department order by name, id`
}

/** What stands in the way of removing a department. */
export interface Dependants {
  /** Departments right below. */
  readonly parts: number
  /** People who work in it. */
  readonly people: number
  /** Records that are in it or name it, the trash included. */
  readonly records: number
}

/** Removes a department on which nothing depends; what does, undefined when there is no such department. */
export async function removeDepartment(
  connection: Connection,
  release: Release,
  id: string,
): Promise<Dependants | undefined> {
  const [row] = await connection<Omit<Dependants, 'records'>[]>`
    select (select count(*)::int from heddle.department p where p.parent_id = d.id) as parts,
      (select count(*)::int from heddle."user" u where u.department_id = d.id
        or exists (select 1 from heddle.user_department m where m.user_id = u.id and m.department_id = d.id)) as people
    from heddle.department d where id = ${id}`
  if (row === undefined) return undefined
  const counted = await countInDepartment(connection, release, id)
  const records = counted.reduce((sum, { count }) => sum + count, 0)
  if (row.parts + row.people + records === 0) await connection`delete from heddle.department where id = ${id}`
  return { ...row, records }
}

/** Changes what is given of a department; undefined when there is no such department. */
export async function updateDepartment(
  connection: Connection,
  id: string,
  input: JsonObject,
): Promise<object | undefined> {
  const has = (name: string) => Object.hasOwn(input, name)
  const [row] = await connection`
    update heddle.department set
      name = coalesce(${asText(input.name)?.trim() ?? null}, name),
      parent_id = case when ${has('parent')} then ${asText(input.parent) ?? null}::uuid else parent_id end,
      head_id = case when ${has('head')} then ${asText(input.head) ?? null}::uuid else head_id end
    where id = ${id}
    returning id, name, parent_id as parent, head_id as head`
  return row
}
