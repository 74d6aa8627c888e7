import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { escapePointer } from '../json.ts'
import { nearest } from '../near.ts'

/** One place where a value does not fit its schema; `path` points at the property, also at a missing one. */
export interface SchemaFault {
  readonly path: string
  readonly code: string
  readonly message: string
}

/** Checks a value; an empty list means it fits. */
export type Validator = (value: unknown) => SchemaFault[]

const withFormats = addFormats as unknown as (ajv: Ajv2020) => Ajv2020

/** A strict ajv for JSON Schema 2020-12 with every fault reported. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    // A third faster to compile, while a publish makes requests wait for it.
    code: { optimize: false },
  })
  withFormats(ajv)
  return ajv
}

let shared: Ajv2020 | undefined

/** Compiles a pure JSON Schema. */
export function compileValidator(schema: object): Validator {
  // One ajv for all: each new one compiles the meta-schema again. It must not keep what releases leave behind.
  shared ??= createAjv()
  const validate: ValidateFunction = shared.compile(schema)
  shared.removeSchema(schema)
  return (value) => (validate(value) ? [] : faultsOf(validate.errors ?? []))
}

/** At most this many faults are told at once. */
const maximumFaults = 50

function faultsOf(errors: readonly ErrorObject[]): SchemaFault[] {
  const faults = errors.filter((error) => error.keyword !== 'if' && error.keyword !== 'propertyNames').map(faultOf)
  const unique = new Map(faults.map((fault) => [`${fault.path} ${fault.code}`, fault]))
  return [...unique.values()].slice(0, maximumFaults)
}

function faultOf(error: ErrorObject): SchemaFault {
  const { path = error.instancePath, message = `${error.message ?? 'does not fit'}.` }: ReturnType<Description> =
    descriptions[error.keyword]?.(error) ?? {}
  return { path, code: `value.${error.keyword}`, message }
}

type Description = (error: ErrorObject) => { path?: string; message?: string }

const descriptions: { readonly [keyword: string]: Description } = {
  required: (error) => ({
    path: `${error.instancePath}/${escapePointer(String(error.params.missingProperty))}`,
    message: `“${error.params.missingProperty}” is required.`,
  }),
  additionalProperties: (error) => {
    const name = String(error.params.additionalProperty)
    const near = nearest(name, Object.keys(error.parentSchema?.properties ?? {}))
    return {
      path: `${error.instancePath}/${escapePointer(name)}`,
      message: `There is no property “${name}”${near ? `; did you mean “${near}”?` : '.'}`,
    }
  },
  type: (error) => ({ message: `Must be ${[error.params.type].flat().join(' or ')}.` }),
  enum: (error) => {
    const allowed = error.params.allowedValues.filter((entry: unknown) => entry !== null)
    const near = typeof error.data === 'string' ? nearest(error.data, allowed) : undefined
    const shown = allowed.slice(0, 12).join(', ')
    return {
      message: near
        ? `“${String(error.data)}” is no option; did you mean “${near}”?`
        : `Must be one of: ${shown}${allowed.length > 12 ? ', …' : ''}.`,
    }
  },
  maxLength: (error) => ({ message: `Must have at most ${error.params.limit} characters.` }),
  minLength: (error) => ({ message: `Must have at least ${error.params.limit} characters.` }),
  minimum: (error) => ({ message: `Must be at least ${error.params.limit}.` }),
  maximum: (error) => ({ message: `Must be at most ${error.params.limit}.` }),
  exclusiveMinimum: (error) => ({ message: `Must be more than ${error.params.limit}.` }),
  exclusiveMaximum: (error) => ({ message: `Must be less than ${error.params.limit}.` }),
  format: (error) => ({ message: `Must be a valid ${error.params.format}.` }),
  pattern: (error) => ({ message: `Must match the pattern ${error.params.pattern}.` }),
  minItems: (error) => ({ message: `Must have at least ${error.params.limit} entries.` }),
  maxItems: (error) => ({ message: `Must have at most ${error.params.limit} entries.` }),
  uniqueItems: () => ({ message: 'Must not hold the same entry twice.' }),
}
