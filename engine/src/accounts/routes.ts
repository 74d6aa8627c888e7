import { Hono } from 'hono'
import { findEntity } from '../access/entity-lookup.ts'
import { grantFor, mayDo } from '../access/grant.ts'
import { forbidden } from '../errors.ts'
import { anyObject } from '../http/body-shape.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readJson } from '../http/read-json.ts'
import { ownAccountRoutes } from './own-account-routes.ts'
import type { Guard } from './sign-in-limit.ts'

/** `/api/me`: the actor and what is theirs. */
export function accountRoutes(services: Services, guard: Guard): Hono<Environment> {
  const { database } = services
  const routes = new Hono<Environment>()

  routes.get('/me', (c) => {
    const { actor, release } = c.var
    const grants = release.entityNames.flatMap((name) => {
      const entity = release.entity(name)
      return entity === undefined ? [] : [{ name, ...grantFor(release, actor, entity) }]
    })
    const limited = grants.filter(({ restricted }) => restricted.size > 0)
    return c.json({
      user: { id: actor.id, name: actor.name, email: actor.email ?? null, kind: actor.kind },
      roles: actor.roles,
      department: actor.departmentId ?? null,
      departments: actor.departmentIds,
      positions: actor.positionIds,
      manager: actor.managerId ?? null,
      locale: actor.locale ?? null,
      system: (['design', 'administer'] as const).filter((verb) => mayDo(release, actor, verb)),
      verbs: Object.fromEntries(grants.map(({ name, verbs }) => [name, [...verbs]])),
      fields: Object.fromEntries(limited.map(({ name, restricted }) => [name, Object.fromEntries(restricted)])),
    })
  })
  routes.get('/me/views/:entity', async (c) => {
    const entity = findEntity(c.var, c.req.param('entity'))
    const [row] = await database<{ body: string }[]>`
      select body::text as body from heddle.view_setting where user_id = ${c.var.actor.id} and entity = ${entity.id}`
    return c.json(row === undefined ? {} : JSON.parse(row.body))
  })
  routes.put('/me/views/:entity', async (c) => {
    const entity = findEntity(c.var, c.req.param('entity'))
    const body = anyObject.parse(await readJson(c))
    // Settings are a person's; a key has nobody to keep them for.
    if (c.var.actor.kind !== 'user') throw forbidden()
    await database`
      insert into heddle.view_setting (user_id, entity, body)
      values (${c.var.actor.id}, ${entity.id}, ${JSON.stringify(body)}::json)
      on conflict (user_id, entity) do update set body = excluded.body`
    return c.json(body)
  })

  routes.route('/me', ownAccountRoutes(services, guard))
  return routes
}
