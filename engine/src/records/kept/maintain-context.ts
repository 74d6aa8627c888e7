import type { Connection } from '../../storage/connect.ts'
import type { Reader } from '../projection.ts'

/** Where kept fields are maintained: in the transaction of the writes. */
export interface MaintainContext {
  readonly connection: Connection
  readonly reader: Pick<Reader, 'release'>
}
