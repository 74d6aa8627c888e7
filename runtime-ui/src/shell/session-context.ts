import type { Release } from '@heddle/metadata'
import { createContext, useContext } from 'react'
import type { Me } from '../api/session.ts'

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
