import type { Entity, Release } from '@heddle/metadata'
import { createContext, useContext, useMemo } from 'react'
import type { Me } from '../api/session.ts'
import { listTitle, menusOf } from './menus.ts'

/** The signed-in person and the live release: every page has both. */
export interface Session {
  readonly me: Me
  readonly release: Release
}

/** Given by the app's frame to everything inside. */
export const SessionContext = createContext<Session | undefined>(undefined)

/** The person and the release. @throws Error outside the frame */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === undefined) throw new Error('This component needs the frame of a signed-in app around it.')
  return session
}

/** The live release. */
export function useRelease(): Release {
  return useSession().release
}

/** What people call the records of an entity together, as the menus do. */
export function useListTitle(entity: Pick<Entity, 'name' | 'title'>): string {
  const { me, release } = useSession()
  const menus = useMemo(() => menusOf(release, me), [release, me])
  return listTitle(menus, entity)
}
