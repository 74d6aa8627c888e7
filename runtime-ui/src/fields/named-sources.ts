import { departmentsQuery, usersQuery } from '../api/people.ts'

/** Where the choices come from of field types that point to people and departments, by field type. */
export const namedSources: ReadonlyMap<string, typeof usersQuery> = new Map([
  ['user', usersQuery],
  ['department', departmentsQuery],
])
