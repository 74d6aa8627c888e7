import { Hono } from 'hono'
import type { Environment, Services } from '../http/environment.ts'
import { departmentRoutes } from './department-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { positionRoutes } from './position-routes.ts'

/** `/api/users`, `/api/departments`, `/api/positions`: who works in the company, where, and as what. */
export function organisationRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.route('/users', peopleRoutes(services))
  routes.route('/departments', departmentRoutes(services))
  routes.route('/positions', positionRoutes(services))
  return routes
}
