import type { Release } from '@heddle/metadata'
import type { SQL } from 'drizzle-orm'
import { Lru } from '../storage/lru.ts'
import { renderStatement, type Statement } from '../storage/statement.ts'

// The server keeps every prepared text for the life of its connection, so their number is bounded.
const capacity = 500
const caches = new WeakMap<Release, Lru<string, Statement>>()

/** The statement of a shape, composed and rendered only once per release. */
export function statementFor(release: Release, shape: string, compose: () => SQL): Statement {
  const cache = caches.get(release) ?? new Lru<string, Statement>(capacity)
  caches.set(release, cache)
  const known = cache.get(shape)
  if (known !== undefined) return known
  const statement = renderStatement(compose())
  cache.set(shape, statement)
  return statement
}
