import { convertColumn } from './convert-column.ts'
import { createIndex } from './create-index.ts'
import { fillFormula } from './fill-formula.ts'
import type { JobKind } from './job.ts'
import { validateConstraint } from './validate-constraint.ts'
import { writeSearchText } from './write-search-text.ts'

/** Every kind of deferred work by the name that steps give it. */
export const jobKinds: { readonly [kind: string]: JobKind } = {
  index: createIndex,
  validate: validateConstraint,
  convert: convertColumn,
  search: writeSearchText,
  fill: fillFormula,
}
