import type { Reader } from '../access/reader.ts'
import type { Connection } from '../storage/connect.ts'

/** Where a write happens, for whom, and why. */
export interface WriteContext {
  readonly connection: Connection
  readonly reader: Reader
  /** What caused the write, for the event; undefined for a person's own request. */
  readonly cause?: string | undefined
}
