import { Hono } from 'hono'
import type { Environment, Services } from '../http/environment.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { departmentRoutes } from './department-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { positionRoutes } from './position-routes.ts'

/** `/api/users`, `/api/api-keys`, `/api/departments`, `/api/positions`: who and what works in the company, where, as what. */
export function organisationRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.route('/api-keys', apiKeyRoutes(services))
  routes.route('/users', peopleRoutes(services))
  routes.route('/departments', departmentRoutes(services))
  routes.route('/positions', positionRoutes(services))
  return routes
}
