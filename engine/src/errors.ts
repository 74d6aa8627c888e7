/** One place in the input that is wrong; `path` is a JSON Pointer, also of a missing property. */
export interface FieldError {
  readonly path: string
  readonly code: string
  readonly message: string
  /** Where in a text, as offsets of characters. */
  readonly from?: number
  readonly to?: number
  /** The name that was probably meant. */
  readonly near?: string
}

/** A fault a user can see: stable dotted code, HTTP status, one sentence of what is wrong and what would be right. */
export class Fault extends Error {
  readonly code: string
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly data: Readonly<Record<string, unknown>>
  readonly retryAfter: number | undefined

  constructor(
    code: string,
    status: number,
    message: string,
    more: { errors?: readonly FieldError[]; data?: Record<string, unknown>; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'Fault'
    this.code = code
    this.status = status
    this.errors = more.errors ?? []
    this.data = more.data ?? {}
    this.retryAfter = more.retryAfter
  }
}

/** The end of a sentence about an unknown name. */
export const meant = (near: string | undefined) => (near === undefined ? '.' : `; did you mean “${near}”?`)

export const notFound = () => new Fault('route.unknown', 404, 'There is nothing at this address.')

export const notSignedIn = () =>
  new Fault('auth.required', 401, 'Sign in, or send an API key as “Authorization: Bearer <key>”.')

export const wrongPassword = () =>
  new Fault('auth.wrong', 401, 'The e-mail or the password is wrong, or you are not signed in any more.')

export const wrongCode = () => new Fault('auth.codeWrong', 401, 'The code is wrong; use the newest one.')

export const challengeOver = () =>
  new Fault('auth.challengeOver', 401, 'It took too long or too many codes; sign in with the password again.')

/** `path` is where the body has the password. */
export const wrongPresentPassword = (path: string) =>
  invalidBody([{ path, code: 'password.wrong', message: 'This is not the present password.' }])

export const unknownSession = () => new Fault('session.unknown', 404, 'There is no such session; see the list.')

export const unknownApiKey = () => new Fault('apiKey.unknown', 404, 'There is no such API key; see the list.')

export const refusedSignIn = (status: number, reason = 'This cannot be done.') =>
  new Fault('auth.refused', status, `${reason.replace(/\.$/, '')}.`)

export const forbidden = () =>
  new Fault('access.denied', 403, 'You may not do this; ask an administrator for the right.')

export const outsideRights = () =>
  new Fault(
    'access.outside',
    403,
    'You may not make the record what it would be then; change less, or ask for the right.',
  )

export const foreignRequest = () =>
  new Fault('auth.foreign', 403, 'Another site asked for this with your cookie; programs elsewhere need an API key.')

export const addressTooLong = (limit: number) =>
  new Fault('address.tooLong', 414, `The address is longer than ${limit} characters; send the query as a body.`, {
    data: { limit },
  })

export const malformedJson = (detail: string) =>
  new Fault('body.malformed', 400, `The request body is not valid JSON: ${detail}`)

export const bodyTooLarge = (limit: number) =>
  new Fault('body.tooLarge', 413, `The request body is larger than ${limit} bytes; send less at a time.`, {
    data: { limit },
  })

export const bodyTooDeep = (limit: number, path: string) => {
  const message = `The request body is nested deeper than ${limit} levels; flatten it.`
  return new Fault('body.tooDeep', 400, message, { errors: [{ path, code: 'body.tooDeep', message }] })
}

export const unusableValue = (path: string, message: string) =>
  new Fault('body.unusable', 400, message, { errors: [{ path, code: 'body.unusable', message }] })

export const invalidBody = (errors: readonly FieldError[]) =>
  new Fault('body.invalid', 422, errors[0]?.message ?? 'The body is not what is asked for.', { errors })

/** `name` is a parameter's, or the path of a part of the body; empty for the whole. */
export const badParameter = (name: string, message: string) =>
  new Fault('parameter.invalid', 400, message, {
    errors: [{ path: name === '' ? '' : `/${name}`, code: 'parameter.invalid', message }],
  })

const queryFault = (code: string, status: number) => (errors: readonly FieldError[]) =>
  new Fault(code, status, errors[0]?.message ?? 'The query cannot be answered.', { errors })

export const malformedWhere = queryFault('where.malformed', 400)

export const invalidWhere = queryFault('where.invalid', 422)

export const invalidAggregate = queryFault('aggregate.invalid', 422)

export const impossibleQuery = (cause: unknown) =>
  new Fault('query.impossible', 422, 'The query meets values out of range, or asks too much at once; say it simpler.', {
    cause,
  })

export const queryTooLarge = (limit: number) =>
  new Fault(
    'query.tooLarge',
    422,
    `The query would be a statement of more than ${limit} characters, formulas written out; name fewer fields and relations.`,
    { data: { limit } },
  )

export const slowQuery = (cause: unknown) =>
  new Fault(
    'query.tooSlow',
    422,
    'The query took longer than it may and was stopped; ask for less, or for a shorter span.',
    {
      cause,
    },
  )

export const unknownEntity = (name: string, near?: string) =>
  new Fault('entity.unknown', 404, `There is no entity “${name}”${meant(near)}`, { data: { name, near } })

/** `path` is where the name was given. */
export const unknownField = (
  name: string,
  entity: string,
  { path, near }: { path: string; near?: string | undefined },
) => {
  const message = `“${entity}” has no field “${name}”${meant(near)}`
  return new Fault('field.unknown', 422, message, {
    errors: [{ path, code: 'field.unknown', message, ...(near === undefined ? {} : { near }) }],
    data: { name, entity, near },
  })
}

export const unknownInclude = (name: string, entity: string, near?: string) => {
  const message = `“${entity}” leads to nothing called “${name}”${meant(near)}`
  return new Fault('include.unknown', 422, message, {
    errors: [{ path: '/include', code: 'include.unknown', message, ...(near === undefined ? {} : { near }) }],
    data: { name, entity, near },
  })
}

export const includeTooWide = (limit: number, what: string) => {
  const message = `“include” takes more than ${limit} ${what}; ask for fewer relations, fewer of their fields, or a smaller “limit”.`
  return new Fault('include.tooWide', 422, message, {
    errors: [{ path: '/include', code: 'include.tooWide', message }],
    data: { limit },
  })
}

export const unsuitedField = (name: string, entity: string) => {
  const message = `“${entity}.${name}” holds no single value, so a list cannot be sorted by it; choose another field.`
  return new Fault('field.unsuited', 422, message, { errors: [{ path: '/sort', code: 'field.unsuited', message }] })
}

export const unknownRecord = () => new Fault('record.unknown', 404, 'There is no such record, or you may not see it.')

export const unknownPerson = () =>
  new Fault('person.unknown', 404, 'There is no such person or department; see the list.')

export const unknownFile = () => new Fault('file.unknown', 404, 'There is no such file, or you may not see it.')

export const recordDeleted = () =>
  new Fault('record.deleted', 409, 'The record is in the trash; restore it before changing it.')

export const recordNotDeleted = () =>
  new Fault('record.notDeleted', 409, 'The record is not in the trash; there is nothing to restore.')

export const invalidRecord = (errors: readonly FieldError[]) =>
  new Fault('record.invalid', 422, errors[0]?.message ?? 'The record is not valid.', { errors })

/** Values that a stored formula cannot be worked out with, e.g. a date out of range. */
export const unworkableFormula = (
  entity: { readonly title: string },
  formulas: readonly { readonly title: string }[],
  cause: unknown,
) => {
  const titles = formulas.map(({ title }) => `“${title}”`).join(', ')
  const message = `${titles} of “${entity.title}” cannot be worked out with these values; one is out of range.`
  return new Fault('record.invalid', 422, message, { errors: [{ path: '', code: 'formula.range', message }], cause })
}

export const invalidBatch = (errors: readonly FieldError[]) =>
  new Fault('batch.invalid', 422, errors[0]?.message ?? 'The batch is not valid.', { errors })

export const unknownKey = (names: readonly string[], entity: string, right = 'the field “id” with “update”') => {
  const message = `“${names.join(', ')}” does not identify a record of “${entity}”; name ${right}.`
  const errors = names.slice(0, 1).map((name) => ({ path: `/${name}`, code: 'batch.key', message }))
  return new Fault('batch.key', 422, message, { errors, data: { names, entity } })
}

export const ambiguousKey = (ids: readonly string[]) =>
  new Fault('batch.ambiguous', 409, 'Several records have this key; update the right one by its id.', { data: { ids } })

/** The same fault of a part of what was sent; `path` leads to the part. */
export const faultWithin = (fault: Fault, path: string) =>
  new Fault(fault.code, fault.status, fault.message, {
    errors: fault.errors.map((error) => ({ ...error, path: `${path}${error.path}` })),
    data: fault.data,
    ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
    cause: fault,
  })

/** A fault of a record of `entity` that would come along with another one, whose paths its own are none of. */
export const faultAlong = (fault: Fault, entity: { readonly name: string; readonly title: string }) => {
  const told = (message: string) => `“${entity.title}” that comes along: ${message}`
  return new Fault(fault.code, fault.status, told(fault.message), {
    errors: fault.errors.map((error) => ({ ...error, path: '', message: told(error.message) })),
    data: { ...fault.data, entity: entity.name },
    cause: fault,
  })
}

/** A fault of one operation of a batch: paths lead into its `data`, or its `key` when only that has the property. */
export const operationFailed = (
  fault: Fault,
  { index, data = {}, key = {} }: { readonly index: number; readonly data?: object; readonly key?: object },
) => {
  const partOf = ({ path }: FieldError) => {
    const name = path.split('/')[1] ?? ''
    return Object.hasOwn(key, name) && !Object.hasOwn(data, name) ? 'key' : 'data'
  }
  return new Fault(fault.code, fault.status, `Operation ${index}: ${fault.message}`, {
    errors: fault.errors.map((error) => ({ ...error, path: `/operations/${index}/${partOf(error)}${error.path}` })),
    data: { ...fault.data, operation: index },
    ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
  })
}

export const staleVersion = (current: number) =>
  new Fault('record.stale', 412, `The record has been changed meanwhile; its version is ${current}. Read it again.`, {
    data: { current },
  })

export const versionMissing = () =>
  new Fault('record.versionMissing', 428, 'Send the version you read as “If-Match”, or “*” to overwrite.')

export const duplicateValue = (errors: readonly FieldError[], data: Record<string, unknown>) =>
  new Fault('record.duplicate', 409, errors[0]?.message ?? 'The value is taken.', { errors, data })

export const duplicateRecord = (
  entity: { readonly name: string; readonly title: string },
  found: {
    readonly rule: string
    readonly fields: readonly { readonly name: string; readonly title: string }[]
    readonly ids: readonly string[]
  },
) => {
  const titles = found.fields.map((field) => `“${field.title}”`).join(', ')
  const message = `There is a record of “${entity.title}” with the same ${titles} already; change that one instead.`
  return new Fault('record.duplicate', 409, message, {
    errors: found.fields.map((field) => ({ path: `/${field.name}`, code: 'record.duplicate', message })),
    data: { entity: entity.name, rule: found.rule, ids: found.ids },
  })
}

export const referencedRecord = (
  entity: { readonly name: string; readonly title: string },
  field: { readonly name: string; readonly title: string },
) => {
  const message = `“${field.title}” of “${entity.title}” still points to this record; change or delete those first.`
  return new Fault('record.referenced', 409, message, { data: { entity: entity.name, field: field.name } })
}

export const missingReference = (path: string, message: string) =>
  invalidRecord([{ path, code: 'reference.unknown', message }])

export const idempotencyReused = () =>
  new Fault('idempotency.reused', 409, 'This Idempotency-Key was used for a different request; choose a new key.')

export const notReady = (message: string) => new Fault('server.notReady', 503, message, { retryAfter: 1 })

export const busy = () =>
  new Fault('server.busy', 503, 'The database is busy with a change of structure; try again.', { retryAfter: 1 })

export const tooManyAttempts = (retryAfter: number) =>
  new Fault('auth.limited', 429, `Too many failed attempts; try again in ${retryAfter} seconds.`, { retryAfter })

export const unknownJob = () =>
  new Fault('job.unknown', 404, 'There is no failed job of this id; see the list of jobs.')

export const configInvalid = (name: string, message: string, example: string) =>
  new Fault('config.invalid', 500, `${name}: ${message} Example: ${name}=${example}`)

export const addressTaken = (host: string, port: number, reason: unknown) =>
  configInvalid('PORT', `“${host}” port ${port} cannot be listened on (${reason}).`, String(port + 1))

export const databaseUnreachable = (name: string, reason: string) =>
  configInvalid(name, `the database cannot be opened (${reason}).`, 'postgres://heddle:secret@db.example:5432/heddle')
