import type { TypedExpression } from '../expressions/typed-expression.ts'
import type { Release } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { readsOf } from './reads.ts'

/** What decides the value of an expression on a record, as far as that is the record itself. */
export interface OwnReads {
  /** Names of the record's own columns, formulas followed down to what they read unless they are stored. */
  readonly names: ReadonlySet<string>
  /** Where it looks further: at other records or people, or at the time. */
  readonly beyond: 'others' | 'time' | undefined
}

/** What an expression in the scope of an entity's fields reads. */
export function ownReads(release: Release, entity: Entity, expression: TypedExpression): OwnReads {
  const { places, around } = readsOf(release, entity, expression)
  const names = new Set(places.flatMap((place) => (place.hops.length === 0 ? [...place.names] : [])))
  if (around.has('time')) return { names, beyond: 'time' }
  const isElsewhere = around.size > 0 || places.some(({ hops }) => hops.length > 0)
  return { names, beyond: isElsewhere ? 'others' : undefined }
}
