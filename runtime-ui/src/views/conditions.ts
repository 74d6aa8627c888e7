import { asObject, asText, type FeelKind, type Json, type Operator } from '@heddle/metadata'

/** One condition of a filter. `between` has a value of two, `in` and `not in` of many, `empty` and `not empty` none. */
export interface Condition {
  readonly field: string
  readonly op: Operator
  readonly value: Json
}

/** The conditions of a filter: all must hold, or any. */
export interface Filter {
  readonly match: 'all' | 'any'
  readonly conditions: readonly Condition[]
}

/** The filter that lets everything through. */
export const noFilter: Filter = { match: 'all', conditions: [] }

/** Reads a filter from an address; whatever is no condition is left out. */
export function parseFilter(text: string | undefined): Filter {
  if (text === undefined) return noFilter
  try {
    const body = asObject(JSON.parse(text))
    const match = Array.isArray(body.any) ? 'any' : 'all'
    const list = body[match]
    return { match, conditions: (Array.isArray(list) ? list : []).flatMap(readCondition) }
  } catch {
    return noFilter
  }
}

/** A filter for an address; undefined when it lets everything through. */
export function filterText({ match, conditions }: Filter): string | undefined {
  if (conditions.length === 0) return undefined
  return JSON.stringify({ [match]: conditions.map(({ field, op, value }) => [field, op, value]) })
}

/** Whether the condition has the value its operator needs; never when nothing is known of its field. */
export function isComplete(condition: Condition, kind: FeelKind | undefined): boolean {
  return conditionToFeel(condition, kind) !== undefined
}

/** Whether a condition with the operator can be written down for values of that kind. */
export function sayable(op: Operator, kind: FeelKind): boolean {
  return op === 'empty' || op === 'not empty' || literals[kind] !== undefined
}

/** The filter as FEEL, of its complete conditions; of the others the list says that they are not applied. */
export function filterToFeel({ match, conditions }: Filter, kindOf: (field: string) => FeelKind | undefined): string {
  const texts = conditions.flatMap((condition) => conditionToFeel(condition, kindOf(condition.field)) ?? [])
  return texts.join(match === 'all' ? ' and ' : ' or ')
}

/** The FEEL text that holds when every given text holds; undefined when none is given. */
export function allOf(texts: readonly (string | undefined)[]): string | undefined {
  const given = texts.filter((text) => text !== undefined && text !== '')
  return given.length < 2 ? given[0] : given.map((text) => `(${text})`).join(' and ')
}

function readCondition(entry: Json): Condition[] {
  if (!Array.isArray(entry)) return []
  const [field, name, value = null] = entry
  const op = operators.find((each) => each === name)
  return typeof field !== 'string' || op === undefined || !/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(field)
    ? []
    : [{ field, op, value }]
}

function conditionToFeel({ field, op, value }: Condition, kind: FeelKind | undefined): string | undefined {
  if (kind === undefined) return undefined
  const literal = literals[kind]
  return forms[op]({ field, value, kind, literal: (each) => literal?.(each) })
}

interface Parts {
  readonly field: string
  readonly value: Json
  readonly kind: FeelKind
  readonly literal: (value: Json) => string | undefined
}

type Form = (parts: Parts) => string | undefined

const forms: { readonly [O in Operator]: Form } = {
  '=': comparison('='),
  '!=': comparison('!='),
  '<': comparison('<'),
  '<=': comparison('<='),
  '>': comparison('>'),
  '>=': comparison('>='),
  in: (parts) => membership(parts),
  'not in': (parts) => {
    const text = membership(parts)
    return text === undefined ? undefined : `not(${text})`
  },
  contains: ({ field, value, kind, literal }) => {
    if (kind === 'texts') return wrapped(literal(value), (text) => `list contains(${field}, ${text})`)
    return textTest('contains')({ field, value, kind, literal })
  },
  'starts with': textTest('starts with'),
  'ends with': textTest('ends with'),
  between: ({ field, value, literal }) => {
    const [from = null, to = null] = Array.isArray(value) ? value : []
    const [low, high] = [literal(from), literal(to)]
    return low === undefined || high === undefined ? undefined : `${field} >= ${low} and ${field} <= ${high}`
  },
  under: ({ field, literal, value }) => wrapped(literal(value), (text) => `under(${field}, ${text})`),
  empty: ({ field, kind }) => (kind === 'records' ? `count(${field}) = 0` : `${field} = null`),
  'not empty': ({ field, kind }) => (kind === 'records' ? `count(${field}) > 0` : `${field} != null`),
}

const operators = Object.keys(forms).filter((name): name is Operator => Object.hasOwn(forms, name))

function comparison(op: string): Form {
  return ({ field, value, literal }) => wrapped(literal(value), (text) => `${field} ${op} ${text}`)
}

/** Upper and lower case do not count in a search. */
function textTest(name: string): Form {
  return ({ field, value, literal }) =>
    wrapped(typeof value === 'string' ? literal(value.toLowerCase()) : undefined, (text) => {
      return `${name}(lower case(${field}), ${text})`
    })
}

/** In brackets: FEEL reads `a in [b] and c` as `a in ([b] and c)`. */
function membership({ field, value, literal }: Parts): string | undefined {
  const texts = (Array.isArray(value) ? value : []).flatMap((each) => literal(each) ?? [])
  return texts.length === 0 ? undefined : `(${field} in [${texts.join(', ')}])`
}

function wrapped(text: string | undefined, wrap: (text: string) => string): string | undefined {
  return text === undefined ? undefined : wrap(text)
}

type Literal = (value: Json) => string | undefined

const quoted: Literal = (value) => (typeof value === 'string' && value !== '' ? JSON.stringify(value) : undefined)
const called =
  (name: string): Literal =>
  (value) => {
    const text = asText(value)
    return text ? `${name}(${JSON.stringify(text)})` : undefined
  }

const literals: { readonly [K in FeelKind]?: Literal } = {
  text: quoted,
  texts: quoted,
  option: quoted,
  address: quoted,
  reference: quoted,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  date: called('date'),
  datetime: called('date and time'),
  time: called('time'),
  duration: called('duration'),
}
