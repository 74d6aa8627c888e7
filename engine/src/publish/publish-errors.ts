import { Fault, type FieldError, invalidBody, meant } from '../errors.ts'

/** Faults of drafts, plans and releases. */
export const draftStale = (data: Record<string, unknown>, errors: readonly FieldError[] = []) =>
  new Fault('draft.stale', 412, 'Another administrator changed the same property of this draft.', { data, errors })

export const draftVersionMissing = (etag: string) =>
  new Fault('draft.versionMissing', 428, 'A draft of this definition exists; send its ETag as “If-Match”.', {
    data: { etag },
  })

export const draftsInTheWay = (addresses: readonly string[]) => {
  const message = `There are drafts already of ${addresses.join(', ')}; publish or discard them first.`
  return new Fault('draft.inTheWay', 409, message, { data: { addresses } })
}

export const emptyDraft = () =>
  invalidBody([{ path: '/body', code: 'value.required', message: 'Send “body”, or “removed”.' }])

export const nothingDrafted = (index: number, address: string, near?: string) => {
  const message = `There is no draft of “${address}”${meant(near)}`
  return invalidBody([
    { path: `/only/${index}`, code: 'draft.unknown', message, ...(near === undefined ? {} : { near }) },
  ])
}

export const planStale = () =>
  new Fault('plan.stale', 409, 'The draft or the live release has changed since this plan; make a new plan.')

export const planRefused = (errors: readonly FieldError[]) =>
  new Fault('plan.refused', 422, errors[0]?.message ?? 'The plan has findings that forbid publishing.', { errors })

export const planNotAccepted = (steps: readonly string[], accept: string) =>
  new Fault(
    'plan.notAccepted',
    409,
    `The plan has ${accept} steps; read them, then accept them (“accept” over HTTP, --accept ${accept}).`,
    {
      data: { steps, accept },
    },
  )

/** `expected` names one thing, or each of several, that nobody has typed. */
export const confirmationMissing = (...names: readonly string[]) => {
  const shown = names.map((name) => JSON.stringify(name)).join(', ')
  const message = `This loses data for good; confirm it with the name of each: ${shown} (“confirm” over HTTP, --confirm).`
  return new Fault('confirmation.missing', 409, message, { data: { expected: names.length === 1 ? names[0] : names } })
}

export const unknownDefinition = (address: string, near?: string) =>
  new Fault('definition.unknown', 404, `There is no definition “${address}”${meant(near)}`, { data: { address, near } })

export const unknownRelease = (number: string) =>
  new Fault('release.unknown', 404, `There is no release “${number}”; see the list of releases.`)

export const nothingHidden = (address: string) =>
  new Fault(
    'purge.nothing',
    404,
    `Nothing is hidden at “${address}”; hide it first, and see the list of what is hidden.`,
    {
      data: { address },
    },
  )
