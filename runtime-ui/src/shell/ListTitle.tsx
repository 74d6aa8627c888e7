import type { Entity } from '@heddle/metadata'
import { useListTitle } from './session-context.ts'

/** What people call the records of an entity together. */
export function ListTitle({ entity }: { readonly entity: Entity }) {
  return useListTitle(entity)
}
