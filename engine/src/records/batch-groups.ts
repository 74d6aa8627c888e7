import type { BatchOperation } from './batch-request.ts'

/** An operation with its place in the batch. */
export interface Numbered<Operation extends BatchOperation = BatchOperation> {
  readonly index: number
  readonly operation: Operation
}

type Create = Extract<BatchOperation, { op: 'create' }>
type Upsert = Extract<BatchOperation, { op: 'upsert' }>

/** Neighbouring operations that can be written together. */
export type BatchGroup =
  | { readonly kind: 'creates'; readonly items: readonly Numbered<Create>[] }
  | { readonly kind: 'upserts'; readonly items: readonly Numbered<Upsert>[] }
  | { readonly kind: 'single'; readonly item: Numbered }

/** The batch in groups, order kept; `keyOf` tells upserts of the same record apart, which never share a group. */
export function groupOperations(
  items: readonly Numbered[],
  keyOf: (operation: Upsert) => { readonly names: string; readonly value: string },
): BatchGroup[] {
  const groups: BatchGroup[] = []
  let creates: Numbered<Create>[] | undefined
  let upserts: { names: string; values: Set<string>; items: Numbered<Upsert>[] } | undefined
  for (const { index, operation } of items) {
    if (operation.op === 'create') {
      upserts = undefined
      if (creates === undefined) {
        creates = []
        groups.push({ kind: 'creates', items: creates })
      }
      creates.push({ index, operation })
      continue
    }
    creates = undefined
    if (operation.op !== 'upsert') {
      upserts = undefined
      groups.push({ kind: 'single', item: { index, operation } })
      continue
    }
    const { names, value } = keyOf(operation)
    if (upserts === undefined || upserts.names !== names || upserts.values.has(value)) {
      upserts = { names, values: new Set(), items: [] }
      groups.push({ kind: 'upserts', items: upserts.items })
    }
    upserts.values.add(value)
    upserts.items.push({ index, operation })
  }
  return groups
}
