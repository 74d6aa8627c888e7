import { Hono } from 'hono'
import { grantFor, mayDo } from '../access/grant.ts'
import type { Environment, Services } from '../server/environment.ts'

/** `/api/me`: the actor and what they may do. */
export function accountRoutes(_services: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/me', (c) => {
    const { actor, release } = c.var
    const verbs = Object.fromEntries(
      release.entityNames.flatMap((name) => {
        const entity = release.entity(name)
        return entity === undefined ? [] : [[name, [...grantFor(release, actor, entity).verbs]]]
      }),
    )
    return c.json({
      user: { id: actor.id, name: actor.name, email: actor.email ?? null, kind: actor.kind },
      roles: actor.roles,
      department: actor.departmentId ?? null,
      locale: actor.locale ?? null,
      system: (['design', 'administer'] as const).filter((verb) => mayDo(release, actor, verb)),
      verbs,
    })
  })
  return routes
}
