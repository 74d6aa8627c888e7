import { createContext } from 'react'

/** What is under way in the fields of a form and will change its values. */
export interface PendingWork {
  /** Takes part in what is waited for; the work tells whether it came to something. */
  readonly add: (work: Promise<boolean>) => void
  /** Resolves once nothing is under way: whether all of it came to something. */
  readonly settled: () => Promise<boolean>
}

/** Given by record forms to their widgets; undefined where nothing is saved. */
export const PendingWorkContext = createContext<PendingWork | undefined>(undefined)

/** Nothing under way yet. */
export function noPendingWork(): PendingWork {
  const going = new Set<Promise<boolean>>()
  return {
    add: (work) => {
      const ending = work.finally(() => going.delete(ending))
      going.add(ending)
    },
    settled: async () => {
      let isDone = true
      while (going.size > 0) {
        const ends = await Promise.allSettled(going)
        isDone = isDone && ends.every((end) => end.status === 'fulfilled' && end.value)
      }
      return isDone
    },
  }
}
