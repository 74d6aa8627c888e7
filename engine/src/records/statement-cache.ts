import type { Release } from '@heddle/metadata'
import type { SQL } from 'drizzle-orm'
import { Lru } from '../storage/lru.ts'
import { renderStatement, type Statement } from '../storage/statement.ts'

const capacity = 500

// A server keeps every prepared text for the life of its connection: only what returns is prepared, and only so many.
const usesBeforePrepare = 3
const mostPrepared = 1000

interface Known {
  statement: Statement
  uses: number
}

interface Cache {
  readonly known: Lru<string, Known>
  prepared: number
}

const caches = new WeakMap<Release, Cache>()

/** The statement of a shape, composed and rendered only once per release while it is in use; prepared when it returns. */
export function statementFor(release: Release, shape: string, compose: () => SQL): Statement {
  const cache = caches.get(release) ?? { known: new Lru<string, Known>(capacity), prepared: 0 }
  caches.set(release, cache)
  const known = cache.known.get(shape) ?? { statement: renderStatement(compose()), uses: 0 }
  known.uses++
  if (known.uses === 1) cache.known.set(shape, known)
  if (known.uses === usesBeforePrepare && cache.prepared < mostPrepared) {
    cache.prepared++
    known.statement = { ...known.statement, isPrepared: true }
  }
  return known.statement
}
