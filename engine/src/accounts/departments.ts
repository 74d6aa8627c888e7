import { asText, type JsonObject } from '@heddle/metadata'
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
