import type { Release } from '@heddle/metadata'
import type { Logger } from 'pino'
import type { Actor } from '../access/actor.ts'
import type { Auth } from '../accounts/auth.ts'
import type { ActorResolver } from '../accounts/resolve-actor.ts'
import type { EventStream } from '../events/event-stream.ts'
import type { LiveRelease } from '../publish/live-release.ts'
import type { Database } from '../storage/connect.ts'

/** What every capability's routes stand on; made once by the composition root. */
export interface Services {
  readonly database: Database
  /** Connections that are sessions of their own, even where `database` is behind a pooler of transactions. */
  readonly direct: Database
  readonly live: LiveRelease
  readonly auth: Auth
  readonly actors: ActorResolver
  readonly events: EventStream
  readonly log: Logger
  /** The TLS proxy's address, undefined without one. */
  readonly trustedProxy: string | undefined
  /** The newest migration that this program knows. */
  readonly newestMigration: number
  /** Where the built faces are; undefined when only the API is served. */
  readonly faces: { readonly runtime: string; readonly designer: string } | undefined
}

/** Hono's environment: what middleware puts into a request's context. */
export interface Environment {
  readonly Variables: {
    requestId: string
    actor: Actor
    /** The release the request started with. */
    release: Release
  }
}
