import { asText } from '@heddle/metadata'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { createElement } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { queryClient } from '../api/query-client.ts'
import { meQuery } from '../api/session.ts'
import { AppFrame } from './AppFrame.tsx'
import { Failure } from './Failure.tsx'

const root = createRootRoute({
  errorComponent: ({ error }) => createElement(Failure, { error, onRetry: () => location.reload() }),
})

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => textsOf(search, ['to']),
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})

const frame = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: AppFrame,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) return
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
    }
  },
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
})

const meRoute = createRoute({
  getParentRoute: () => frame,
  path: '/me',
  component: lazyRouteComponent(() => import('./MePage.tsx'), 'MePage'),
})

/**
 * View, search, conditions and order stand in the address, so that a list can be shared and gone back to. Where it says
 * nothing of the order, the person's last one of that view holds.
 */
const listRoute = createRoute({
  getParentRoute: () => frame,
  path: '/list/$entity',
  validateSearch: (search) => textsOf(search, ['view', 'search', 'sort', 'filter', 'peek', 'deleted']),
  component: lazyRouteComponent(() => import('../views/ListPage.tsx'), 'ListPage'),
})

const recordRoute = createRoute({
  getParentRoute: () => frame,
  path: '/record/$entity/$id',
  validateSearch: (search) => textsOf(search, ['tab']),
  component: lazyRouteComponent(() => import('../record/RecordPage.tsx'), 'RecordPage'),
})

const createRecordRoute = createRoute({
  getParentRoute: () => frame,
  path: '/create/$entity',
  validateSearch: (search) => textsOf(search, ['set']),
  component: lazyRouteComponent(() => import('../record/CreatePage.tsx'), 'CreatePage'),
})

/** Any other address; inside the frame, whose menus lead on. */
const missingRoute = createRoute({
  getParentRoute: () => frame,
  path: '$',
  component: () => createElement(Failure, { error: new ApiProblem(404, {}) }),
})

/** All pages of the app; each but the frame is a bundle of its own. */
export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    frame.addChildren([home, meRoute, listRoute, recordRoute, createRecordRoute, missingRoute]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  // Texts stay texts: the default codec would read `?search=007` as a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const query = new URLSearchParams(Object.entries(search).flatMap(([name, value]) => pairOf(name, value)))
    return query.size === 0 ? '' : `?${query}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function textsOf<Name extends string>(search: Record<string, unknown>, names: readonly Name[]) {
  const texts: { [N in Name]?: string } = {}
  for (const name of names) {
    const text = asText(search[name])
    if (text !== undefined && text !== '') texts[name] = text
  }
  return texts
}

function pairOf(name: string, value: unknown): [string, string][] {
  return typeof value === 'string' && value !== '' ? [[name, value]] : []
}
