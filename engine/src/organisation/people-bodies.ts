import type { JsonObject } from '@heddle/metadata'
import { defineBody } from '../http/body-shape.ts'

const someone: JsonObject = { type: ['string', 'null'], format: 'uuid' }
const name: JsonObject = { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' }

const several: JsonObject = {
  type: 'array',
  maxItems: 50,
  uniqueItems: true,
  items: { type: 'string', format: 'uuid' },
}

const person: JsonObject = {
  email: { type: 'string', format: 'email', maxLength: 254 },
  name,
  password: { type: 'string', minLength: 10, maxLength: 128 },
  roles: { type: 'array', maxItems: 50, uniqueItems: true, items: { type: 'string' } },
  department: someone,
  departments: several,
  positions: several,
  manager: someone,
  locale: { type: ['string', 'null'], maxLength: 35 },
}

/** A person to add. */
export const newPerson = defineBody(person, ['email', 'name'])

/** What changes of a person. */
export const personChange = defineBody({ ...person, disabled: { type: 'boolean' } })

const department: JsonObject = { name, parent: someone, head: someone }

/** A department to add. */
export const newDepartment = defineBody(department, ['name'])

/** What changes of a department. */
export const departmentChange = defineBody(department)

/** A position to add, or its new name. */
export const namedPosition = defineBody({ name }, ['name'])

/** To whom goes what a person has; `dryRun` only counts it, `disable` ends the person's access along with it. */
export const handOverWish = defineBody(
  { to: { type: 'string', format: 'uuid' }, dryRun: { type: 'boolean' }, disable: { type: 'boolean' } },
  ['to'],
)
