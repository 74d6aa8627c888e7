import {
  asObject,
  asText,
  entityIdOf,
  type Finding,
  fieldIdOf,
  isEqual,
  isObject,
  type JsonObject,
  nearest,
  parsePointer,
  type Release,
  type Storage,
  toPointer,
} from '@heddle/metadata'
import type { Difference } from './differences.ts'

/** What only an administrator knows: whether a new name is an old thing. The answer changes the draft, so nothing waits for it. */
export function askQuestions(differences: readonly Difference[], next: Release, storage: Storage): Finding[] {
  return [
    ...differences.flatMap(renamedKeys),
    ...renamedEntities(differences),
    ...differences.flatMap((difference) => hiddenTwins(difference, next, storage)),
  ]
}

/** Maps whose keys are identities, with what to do when one was only meant to be renamed. */
const keyed: {
  readonly [map: string]: { readonly thing: string; readonly hint: (old: string, name: string) => string }
} = {
  properties: {
    thing: 'field',
    hint: (old, name) =>
      `If it was renamed, give “${name}” the identity "x-id": ${JSON.stringify(old)}; its values stay.`,
  },
  options: {
    thing: 'option',
    hint: (old) => `Records hold the key: if only the wording changes, keep “${old}” and change its title.`,
  },
}

interface Entry {
  readonly parent: string
  readonly name: string
  readonly path: string
  readonly value: JsonObject
}

function renamedKeys({ address, before, changes }: Difference): Finding[] {
  if (before === undefined) return []
  const gone = changes.flatMap((change) => (change.op === 'remove' ? entryOf(change.path, change.base) : []))
  const added = changes.flatMap((change) =>
    change.op === 'set' && change.base === undefined ? entryOf(change.path, change.value) : [],
  )
  return added.flatMap((entry): Finding[] => {
    const old = gone.find((other) => other.parent === entry.parent && isAlike(other, entry))
    const { thing, hint } = keyed[parsePointer(entry.parent).at(-1) ?? ''] ?? {}
    if (old === undefined || hint === undefined) return []
    if (fieldIdOf(entry.name, entry.value) === fieldIdOf(old.name, old.value)) return []
    const message = `The ${thing} “${old.name}” is gone and “${entry.name}” is much like it: renamed or replaced?`
    const place = { severity: 'question', address, path: entry.path } as const
    return [{ ...place, code: `${thing}.renamed`, message, hint: hint(fieldIdOf(old.name, old.value), entry.name) }]
  })
}

function entryOf(path: string, value: unknown): Entry[] {
  const segments = parsePointer(path)
  const name = segments.at(-1)
  const parent = segments.slice(0, -1)
  if (name === undefined || !isObject(value) || !Object.hasOwn(keyed, parent.at(-1) ?? '')) return []
  return [{ parent: toPointer(parent), name, path, value }]
}

function isAlike(a: Pick<Entry, 'name' | 'value'>, b: Pick<Entry, 'name' | 'value'>): boolean {
  if (asObject(a.value['x-field']).type !== asObject(b.value['x-field']).type) return false
  const hasOneTitle = a.value.title !== undefined && a.value.title === b.value.title
  return hasOneTitle || nearest(b.name, [a.name]) !== undefined || isEqual(withoutId(a.value), withoutId(b.value))
}

function withoutId({ 'x-id': _id, ...rest }: JsonObject): JsonObject {
  return rest
}

function renamedEntities(differences: readonly Difference[]): Finding[] {
  const gone = differences.filter(({ after }) => after === undefined)
  return differences.flatMap(({ address, before, after }): Finding[] => {
    if (before !== undefined || after === undefined || after.kind !== 'entity') return []
    const old = gone.find((other) => other.before?.kind === 'entity' && isAlikeEntity(other.before, after))?.before
    if (old === undefined || entityIdOf(old) === entityIdOf(after)) return []
    const message = `The entity “${old.name}” is gone and “${after.name}” is much like it: renamed or replaced?`
    const hint = `If it was renamed, give “${after.name}” the identity "x-id": ${JSON.stringify(entityIdOf(old))}; its records stay.`
    return [{ severity: 'question', address, path: '', code: 'entity.renamed', message, hint }]
  })
}

function isAlikeEntity(a: { body: JsonObject }, b: { body: JsonObject }): boolean {
  const hasOneTitle = asText(a.body.title) !== undefined && a.body.title === b.body.title
  return hasOneTitle || isEqual(a.body.properties, b.body.properties)
}

/** New names beside hidden data of the same name and type: the data could come back instead. */
function hiddenTwins({ address, before, after }: Difference, next: Release, storage: Storage): Finding[] {
  if (after === undefined || after.kind !== 'entity') return []
  const { name } = after
  const entity = next.entity(name)
  const findings: Finding[] = []
  if (before === undefined && entity?.id !== name && storage.entities[name]?.hidden === true) {
    const message = `A hidden entity “${name}” still has its records; this one starts empty.`
    const hint = `To bring it back with its records, set "x-id": ${JSON.stringify(name)}.`
    findings.push({ severity: 'question', address, path: '', code: 'entity.hidden', message, hint })
  }
  const known = asObject(before?.body.properties)
  for (const field of entity?.fields.values() ?? []) {
    const twin = storage.entities[entity?.id ?? '']?.fields[field.name]
    if (Object.hasOwn(known, field.name) || field.id === field.name) continue
    if (twin?.hidden !== true || twin.type !== field.type) continue
    const path = `/properties/${field.name}`
    const message = `A hidden field “${field.name}” of the same type still has its values; this one starts empty.`
    const hint = `To bring it back with its values, set "x-id": ${JSON.stringify(field.name)}.`
    findings.push({ severity: 'question', address, path, code: 'field.hidden', message, hint })
  }
  return findings
}
