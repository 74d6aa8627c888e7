import type { Release } from '@heddle/metadata'
import type { Actor } from './actor.ts'

/** Who reads in which release: what every read is restricted by. */
export interface Reader {
  readonly release: Release
  readonly actor: Actor
}
