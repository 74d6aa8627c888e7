import type { Reader } from '../../access/reader.ts'
import type { Connection } from '../../storage/connect.ts'

/** Where kept fields are maintained: in the transaction of the writes. */
export interface MaintainContext {
  readonly connection: Connection
  readonly reader: Pick<Reader, 'release'>
}
