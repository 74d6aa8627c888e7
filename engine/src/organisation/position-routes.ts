import { asText } from '@heddle/metadata'
import { Hono } from 'hono'
import { unknownPerson } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { changePeople, idParam, requireAdministrator } from './change-people.ts'
import { positionHeld } from './organisation-errors.ts'
import { namedPosition } from './people-bodies.ts'
import { createPosition, listPositions, removePosition, renamePosition } from './positions.ts'

const taken = { path: '/name', code: 'value.unique', message: 'There is such a position already.' }

/** `/api/positions`: what people can be in the company. */
export function positionRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  const nameIn = (input: unknown) => (asText(namedPosition.parse(input).name) ?? '').trim()

  routes.get('/', async (c) => c.json({ items: await listPositions(services.database) }))
  routes.post('/', async (c) => {
    requireAdministrator(c)
    const name = nameIn(await readJson(c))
    return c.json(await changePeople(services, taken, (transaction) => createPosition(transaction, name)), 201)
  })
  routes.patch('/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const name = nameIn(await readJson(c))
    const renamed = await changePeople(services, taken, (transaction) => renamePosition(transaction, id, name))
    if (renamed === undefined) throw unknownPerson()
    return c.json(renamed)
  })
  routes.delete('/:id', async (c) => {
    requireAdministrator(c)
    const id = idParam(c)
    const holders = await changePeople(services, taken, (transaction) => removePosition(transaction, id))
    if (holders === undefined) throw unknownPerson()
    if (holders > 0) throw positionHeld(holders)
    return c.body(null, 204)
  })
  return routes
}
