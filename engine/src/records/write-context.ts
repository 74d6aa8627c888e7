import type { Reader } from '../access/reader.ts'
import type { Connection } from '../storage/connect.ts'
import type { RecordChange } from './kept/record-change.ts'

/** Where a write happens, for whom, and why. */
export interface WriteContext {
  readonly connection: Connection
  readonly reader: Reader
  /** What caused the write, for the event; undefined for a person's own request. */
  readonly cause?: string | undefined
  /** What the writes have changed since kept fields were last settled; writes add to it. See `settleKept`. */
  readonly changes: RecordChange[]
}
