const pattern = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/
const maximumLength = 48

/** Columns every entity table has; no field may take their names. */
export const systemFields = [
  'id',
  'version',
  'owner_id',
  'department_id',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
] as const

const queryWords = 'where sort fields include limit after total search'.split(' ')

// Keywords of FEEL (OMG DMN 1.3, clause 10) and the functions of our profile: as a bare name they would hide the built-in.
const feelWords = (
  'true false null and or not if then else for in return some every satisfies between instance of function external ' +
  'date time duration number string list min max count sum mean all any append sort contains matches replace substring ' +
  'decimal floor ceiling abs modulo sqrt round today now month year day hour minute second weekday item user old task'
).split(' ')

const reserved: ReadonlySet<string> = new Set([...systemFields, ...queryWords, ...feelWords, 'rate', 'currency'])

const inherited: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype'])

/** True for what every JavaScript object has, e.g. `constructor`: no map by such a name or id would be safe to look into. */
export function isInherited(name: string): boolean {
  return inherited.has(name)
}

/** Why `name` cannot be a definition's name, or undefined when it can. */
export function nameFault(name: string): string | undefined {
  if (isInherited(name)) return `The name “${name}” is reserved for programs; choose another, e.g. “${name}_value”.`
  if (!pattern.test(name)) {
    return `The name “${name}” must be lower-case words of letters and digits joined by single underscores, e.g. “unit_price”.`
  }
  return name.length > maximumLength
    ? `The name “${name.slice(0, 60)}” is longer than ${maximumLength} bytes; choose a shorter one.`
    : undefined
}

/** Why `name` cannot be a field's name, or undefined when it can. */
export function fieldNameFault(name: string): string | undefined {
  const fault = nameFault(name)
  if (fault !== undefined) return fault
  return reserved.has(name)
    ? `The name “${name}” is reserved for the system, a query word or FEEL; choose another, e.g. “${name}_value”.`
    : undefined
}
