import { nearest } from '../../near.ts'
import type { Finding } from '../findings.ts'

/** What is wrong with a filter tree; `path` is the JSON Pointer of the part that it speaks of. */
export interface FilterFinding {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly data: Readonly<Record<string, string | number>>
  readonly near?: string
}

export const malformedNode = (path: string): FilterFinding => ({
  path,
  code: 'filter.malformed',
  message: 'A filter is {"all": […]}, {"any": […]} or {"field", "op", "value"}.',
  data: {},
})

export const emptyGroup = (path: string): FilterFinding => ({
  path,
  code: 'filter.empty',
  message: 'A group of conditions holds at least one condition.',
  data: {},
})

export const filterTooLarge = (path: string, limit: number): FilterFinding => ({
  path,
  code: 'filter.too-large',
  message: `A filter holds at most ${limit} conditions, nested at most 10 deep.`,
  data: { limit },
})

export const malformedField = (path: string, field: string): FilterFinding => ({
  path,
  code: 'filter.field',
  message: `“${field}” is not the name of a field or a path like author.name.`,
  data: { field },
})

export const unknownOperator = (path: string, operator: string, known: readonly string[]): FilterFinding => {
  const near = nearest(operator, known)
  const right = near === undefined ? `; use one of ${known.join(', ')}.` : `; did you mean “${near}”?`
  return {
    path,
    code: 'filter.operator',
    message: `There is no operator “${operator}”${right}`,
    data: { operator },
    ...(near === undefined ? {} : { near }),
  }
}

export const wrongValue = (path: string, operator: string, wanted: string): FilterFinding => ({
  path,
  code: 'filter.value',
  message: `The value for “${operator}” must be ${wanted}.`,
  data: { operator, wanted },
})

/** A finding of the expression that the filter says. */
export function fromExpression({ code, message, data, near }: Finding, path: string): FilterFinding {
  return { path, code, message, data, ...(near === undefined ? {} : { near }) }
}
