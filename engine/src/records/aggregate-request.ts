import { isObject, nearest } from '@heddle/metadata'
import { badParameter } from '../errors.ts'
import { type Bucket, buckets, isBucket } from './buckets.ts'
import type { SortKey } from './list-request.ts'
import { parseParameters, parseWhere, requireKnown } from './query-body.ts'
import type { Where } from './where.ts'

/** What records are put together by: a field or path, dates by bucket. */
export interface Grouping {
  readonly field: string
  readonly bucket: Bucket | undefined
}

/** What is worked out of each group; `count` counts records and names no field. */
export interface Measure {
  readonly kind: MeasureKind
  readonly field: string
}

/** All kinds of measures. */
export const measureKinds = ['count', 'sum', 'avg', 'min', 'max'] as const
/** The kind of a measure. */
export type MeasureKind = (typeof measureKinds)[number]

/** A well-formed request for numbers about groups of records. */
export interface AggregateRequest {
  readonly where: Where | undefined
  readonly search: string | undefined
  readonly deleted: 'only' | undefined
  readonly groupBy: readonly Grouping[]
  readonly measures: readonly Measure[]
  readonly sort: readonly SortKey[]
  readonly limit: number
}

const known = ['where', 'search', 'deleted', 'groupBy', 'measures', 'sort', 'limit'] as const
const mostGroupings = 5
const mostMeasures = 20
const mostGroups = 1000

/** Parses the body of an aggregate. @throws Fault 400 */
export function parseAggregateRequest(body: unknown): AggregateRequest {
  const { where, groupBy = [], measures = [{ count: true }], limit = mostGroups, ...rest } = requireKnown(body, known)
  const { search, deleted, sort } = parseParameters(rest)
  return {
    where: parseWhere(where),
    search,
    deleted,
    sort,
    groupBy: parseEach('groupBy', groupBy, mostGroupings, parseGrouping),
    measures: parseEach('measures', measures, mostMeasures, parseMeasure),
    limit: parseLimit(limit),
  }
}

type Parse<Result> = (value: unknown, path: string) => Result

function parseEach<Result>(name: string, value: unknown, most: number, parse: Parse<Result>): Result[] {
  if (!Array.isArray(value) || value.length > most) throw badParameter(name, `“${name}” is a list of at most ${most}.`)
  return value.map((each, index) => parse(each, `${name}/${index}`))
}

function parseGrouping(value: unknown, path: string): Grouping {
  const { field, bucket } = isObject(value) ? value : { field: value, bucket: undefined }
  if (typeof field !== 'string') throw badParameter(path, 'Write a field, or {"field", "bucket"}.')
  if (bucket === undefined || bucket === null) return { field, bucket: undefined }
  if (typeof bucket === 'string' && isBucket(bucket)) return { field, bucket }
  throw badParameter(`${path}/bucket`, `Dates go into buckets by ${buckets.join(', ')}.`)
}

function parseMeasure(value: unknown, path: string): Measure {
  const [[name = '', field] = [], ...others] = isObject(value) ? Object.entries(value) : []
  const kind = measureKinds.find((each) => each === name)
  if (kind === undefined || others.length > 0) {
    const near = nearest(name, measureKinds)
    throw badParameter(
      path,
      `A measure is one of ${measureKinds.join(', ')}${near ? `; did you mean “${near}”?` : '.'}`,
    )
  }
  if (kind === 'count' && field === true) return { kind, field: '' }
  if (kind !== 'count' && typeof field === 'string') return { kind, field }
  throw badParameter(path, 'Write measures as {"count": true} or {"sum": "amount"}.')
}

function parseLimit(limit: unknown): number {
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0 && limit <= mostGroups) return limit
  throw badParameter('limit', `“limit” must be a whole number from 1 to ${mostGroups}.`)
}
