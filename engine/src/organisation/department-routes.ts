import { asText } from '@heddle/metadata'
import { Hono } from 'hono'
import { unknownPerson } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { changePeople, idParam, requireAdministrator } from './change-people.ts'
import { checkDepartment } from './check-people.ts'
import { createDepartment, listDepartments, removeDepartment, updateDepartment } from './departments.ts'
import { departmentInUse } from './organisation-errors.ts'
import { departmentChange, newDepartment } from './people-bodies.ts'

const taken = { path: '/name', code: 'value.unique', message: 'There is such a department already.' }

/** `/api/departments`: the tree of departments. */
export function departmentRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>()

  routes.get('/', async (c) => c.json({ items: await listDepartments(services.database) }))
  routes.post('/', async (c) => {
    requireAdministrator(c)
    const input = newDepartment.parse(await readJson(c))
    const { name, parent, head } = input
    const department = { name: (asText(name) ?? '').trim(), parent: asText(parent), head: asText(head) }
    const id = await changePeople(services, taken, async (transaction) => {
      await checkDepartment(transaction, { input })
      return createDepartment(transaction, department)
    })
    return c.json({ id, name: department.name, parent: parent ?? null, head: head ?? null }, 201)
  })
  routes.patch('/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const input = departmentChange.parse(await readJson(c))
    const department = await changePeople(services, taken, async (transaction) => {
      await checkDepartment(transaction, { input, id })
      return updateDepartment(transaction, id, input)
    })
    if (department === undefined) throw unknownPerson()
    return c.json(department)
  })
  routes.delete('/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const { release } = c.var
    const found = await changePeople(services, taken, (transaction) => removeDepartment(transaction, release, id))
    if (found === undefined) throw unknownPerson()
    if (found.parts + found.people + found.records > 0) throw departmentInUse(found)
    return c.body(null, 204)
  })
  return routes
}
