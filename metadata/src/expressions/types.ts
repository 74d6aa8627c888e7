/** The type of a FEEL value. A number's `scale` is its count of decimal places, absent when it is not known. */
export type FeelType =
  | { readonly kind: 'text' }
  /** The id of a record: a UUID. It equals other ids, and texts in the expression that spell one. */
  | { readonly kind: 'id' }
  | {
      readonly kind: 'option'
      readonly options: readonly string[]
      readonly ordered: boolean
      /** The option above each one that is not at the top of its tree; absent when there are no levels. */
      readonly parents?: ReadonlyMap<string, string>
    }
  | { readonly kind: 'number'; readonly scale?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' }
  | { readonly kind: 'datetime' }
  | { readonly kind: 'time' }
  | { readonly kind: 'days-duration' }
  | { readonly kind: 'months-duration' }
  | { readonly kind: 'list'; readonly of: FeelType }
  | ContextType
  | { readonly kind: 'null' }
  | { readonly kind: 'unknown' }

/**
 * A record, a group of fields or a line. With an `identity` it may be used as a value itself: a lookup's identity is
 * its field `id` (of kind `id`), so `author = user.id` means `author.id = user.id`.
 */
export interface ContextType {
  readonly kind: 'context'
  readonly fields: Scope
  readonly identity?: string
  /** The field that says where in a tree of options the whole stands: `under(place, …)` means `under(place.region, …)`. */
  readonly level?: string
}

export type FeelKind = FeelType['kind']

/** The names an expression may use. `resolve` is asked only for names that occur, so other entities can be read lazily. */
export interface Scope {
  resolve(name: string): FeelType | undefined
  /** Every name, for the near miss in messages. */
  names(): readonly string[]
}

/** A scope over types that are all at hand. */
export function scopeOf(types: Readonly<Record<string, FeelType>>): Scope {
  return {
    resolve: (name) => (Object.hasOwn(types, name) ? types[name] : undefined),
    names: () => Object.keys(types),
  }
}

export const text: FeelType = { kind: 'text' }
export const id: FeelType = { kind: 'id' }
export const number: FeelType = { kind: 'number' }
export const boolean: FeelType = { kind: 'boolean' }
export const date: FeelType = { kind: 'date' }
export const datetime: FeelType = { kind: 'datetime' }
export const time: FeelType = { kind: 'time' }
export const daysDuration: FeelType = { kind: 'days-duration' }
export const monthsDuration: FeelType = { kind: 'months-duration' }
export const nothing: FeelType = { kind: 'null' }

/** The types that have no settings. */
export const feelTypes = {
  text,
  id,
  number,
  boolean,
  date,
  datetime,
  time,
  daysDuration,
  monthsDuration,
  nothing,
} as const

/** A number with that many decimal places. */
export function decimalNumber(scale: number | undefined): FeelType {
  return scale === undefined ? number : { kind: 'number', scale }
}

export function listOf(of: FeelType): FeelType {
  return { kind: 'list', of }
}

/** The decimal places of a number, undefined when unknown or when it is no number. */
export function scaleOf(type: FeelType | undefined): number | undefined {
  return type?.kind === 'number' ? type.scale : undefined
}

const phrases: { readonly [K in FeelKind]: string } = {
  text: 'text',
  id: 'the id of a record',
  option: 'an option',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a date and time',
  time: 'a time',
  'days-duration': 'a duration in days',
  'months-duration': 'a duration in months',
  list: 'a list',
  context: 'a record',
  null: 'null',
  unknown: 'a value of unknown type',
}

/** The type in words, for messages. */
export function describeType(type: FeelType): string {
  return phrases[type.kind]
}

/** Whether a value of type `actual` can stand where `expected` is wanted. */
export function isAssignable(actual: FeelType, expected: FeelType): boolean {
  if (actual.kind === 'null' || expected.kind === 'unknown') return true
  if (actual.kind === 'list' && expected.kind === 'list') return isAssignable(actual.of, expected.of)
  if (actual.kind === 'option' && expected.kind === 'option') {
    return actual.options.every((option) => expected.options.includes(option))
  }
  return (
    actual.kind === expected.kind || (expected.kind === 'text' && (actual.kind === 'option' || actual.kind === 'id'))
  )
}
