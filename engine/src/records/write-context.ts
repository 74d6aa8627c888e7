import type { Clock } from '@heddle/metadata'
import type { Reader } from '../access/reader.ts'
import type { Connection } from '../storage/connect.ts'
import type { RecordChange } from './kept/record-change.ts'

/** Where a write happens, for whom, when, and why. */
export interface WriteContext {
  readonly connection: Connection
  readonly reader: Reader
  /** The one moment of the request: what `today()` and `now()` are in all that it writes and shows. */
  readonly clock: Clock
  /** What caused the write, for the event; undefined for a person's own request. */
  readonly cause?: string | undefined
  /** What the writes have changed since kept fields were last settled; writes add to it. See `settleKept`. */
  readonly changes: RecordChange[]
  /** Ids of the records whose version was raised for their lines. See `raiseParents`. */
  readonly raised: Set<string>
}
