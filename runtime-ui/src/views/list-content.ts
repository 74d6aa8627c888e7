import type { Row } from './rows.ts'
import type { List } from './use-list.ts'
import type { Selection } from './use-selection.ts'

/** What a list shows its records with. */
export interface ListContent {
  readonly list: List
  readonly rows: readonly Row[]
  readonly selection: Selection
  /** What is shown belongs to a former question; the answer is on its way. */
  readonly isStale: boolean
  readonly hasMore: boolean
  readonly onMore: () => void
  readonly onOpen: (id: string) => void
  readonly onPeek: (id: string | undefined) => void
  /** Peeks at the record so many before or after. */
  readonly onWalk: (step: number) => void
}
