import type { Field } from '../release/entity.ts'

interface Reading {
  readonly field: Field
  readonly reads: readonly (readonly string[])[]
}

/** Formulas in an order in which each comes after those of the same record it reads; those that read themselves are left out. */
export function orderFormulas<Formula extends Reading>(formulas: readonly Formula[]): readonly Formula[] {
  const waiting = new Map(formulas.map((formula) => [formula.field.name, formula]))
  const ordered: Formula[] = []
  for (let before = -1; before !== ordered.length; ) {
    before = ordered.length
    for (const [name, formula] of waiting) {
      const isReady = formula.reads.every(
        ([first, ...rest]) => rest.length > 0 || first === undefined || !waiting.has(first),
      )
      if (!isReady) continue
      ordered.push(formula)
      waiting.delete(name)
    }
  }
  return ordered
}
