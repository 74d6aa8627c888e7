import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asObject, isEqual, isObject, type Json, type JsonObject, toPointer } from '../json.ts'
import { type Memory, remember } from '../remember.ts'
import { applyChanges, type Change, type Misfit } from './changes.ts'
import { keyedForm, listedForm } from './sets.ts'

/** A change of one layer to what another layer owns. */
export type Override = Change & { readonly address: Address }

/** What a plugin says of itself to those who install and upgrade it. */
export interface Manifest {
  readonly version: string
  /** Plugins that must stand below it, with the range of their versions. */
  readonly requires: { readonly [plugin: string]: string }
}

/** Where definitions come from: a plugin, or the site (always the last). */
export interface Layer {
  /** The plugin's name, or `site`. */
  readonly owner: string
  /** Of plugins only. */
  readonly manifest?: Manifest
  readonly definitions: readonly Definition[]
  /** Additions to entities of earlier layers. */
  readonly extensions: readonly Definition[]
  readonly overrides: readonly Override[]
}

/** A definition after the fold, with the layer that owns it. */
export interface Effective extends Definition {
  readonly owner: string
  /** Owners of the properties that extensions added, by field name. */
  readonly fieldOwners: ReadonlyMap<string, string>
}

/** The effective definitions: layer by layer, sorted by address in each. */
export interface Folded {
  readonly definitions: ReadonlyMap<Address, Effective>
  readonly findings: readonly Finding[]
}

/** The name of the layer that belongs to this installation. */
export const siteOwner = 'site'

/** Kinds whose documents of one name merge over layers instead of being owned by one. */
const mergedKinds: ReadonlySet<string> = new Set(['translation'])

/**
 * Folds layers, plugins in dependency order and the site last, into the effective definitions. Pure and deterministic: in
 * what order a layer lists its parts does not matter, but for the overrides of one address. A definition whose parts are
 * the objects of the last fold is the same object again.
 */
export function foldLayers(layers: readonly Layer[]): Folded {
  const definitions = new Map<Address, Effective>()
  const findings: Finding[] = []
  const put = (address: Address, { definition, findings: found }: Outcome): void => {
    if (definition === undefined) definitions.delete(address)
    else definitions.set(address, definition)
    findings.push(...found)
  }
  for (const { owner, ...layer } of layers) {
    for (const definition of sorted(layer.definitions, addressOf)) {
      const address = addressOf(definition)
      put(address, addDefinition(definitions.get(address), owner, definition))
    }
    for (const extension of sorted(layer.extensions, addressOf)) {
      const address = addressOf(extension)
      put(address, extendDefinition(definitions.get(address), owner, extension))
    }
    for (const [address, group] of sorted(groupByAddress(layer.overrides), ([address]) => address)) {
      put(address, overrideDefinition(definitions.get(address), address, group))
    }
  }
  return { definitions, findings }
}

/** What a layer makes of one definition. */
interface Outcome {
  readonly definition: Effective | undefined
  readonly findings: readonly Finding[]
}

const owned: Memory<Outcome> = new WeakMap()
const merged: Memory<Outcome> = new WeakMap()
const extended: Memory<Outcome> = new WeakMap()
const overridden: Memory<Outcome> = new WeakMap()

function addDefinition(existing: Effective | undefined, owner: string, definition: Definition): Outcome {
  const { kind, name, body } = definition
  if (existing === undefined) {
    return remember(owned, body, [kind, name, owner], () => ({
      definition: { ...definition, owner, fieldOwners: new Map() },
      findings: [],
    }))
  }
  if (mergedKinds.has(kind)) {
    return remember(merged, existing, [body], () => ({
      definition: { ...existing, body: mergeMaps(existing.body, body) },
      findings: [],
    }))
  }
  const address = addressOf(definition)
  const message = `“${address}” is defined by “${existing.owner}” already; “${owner}” must choose another name or extend it.`
  return {
    definition: existing,
    findings: [{ severity: 'error', address, path: '', code: 'layer.duplicate', message }],
  }
}

function extendDefinition(existing: Effective | undefined, owner: string, extension: Definition): Outcome {
  const address = addressOf(extension)
  if (existing === undefined) {
    const message = `“${owner}” extends “${address}”, which no earlier layer defines; require the plugin that owns it.`
    return {
      definition: existing,
      findings: [{ severity: 'error', address, path: '', code: 'layer.extends.unknown', message }],
    }
  }
  return remember(extended, existing, [owner, extension.body], () => {
    const [base, more] = [keyedForm(existing.body), keyedForm(extension.body)]
    const known = asObject(existing.body.properties)
    const added = Object.keys(asObject(extension.body.properties)).filter((name) => !Object.hasOwn(known, name))
    return {
      definition: {
        ...existing,
        body: listedForm(mergeMaps(base, more)),
        fieldOwners: new Map([...existing.fieldOwners, ...added.map((name) => [name, owner] as const)]),
      },
      findings: extensionFindings(address, owner, { base, more, added }),
    }
  })
}

interface Extending {
  readonly base: JsonObject
  readonly more: JsonObject
  /** Names of the fields that are new. */
  readonly added: readonly string[]
}

/** A clash is only a warning: the base may come to say the same later, and its upgrade must not be blocked. */
function extensionFindings(address: Address, owner: string, { base, more, added }: Extending): Finding[] {
  const misnamed = added.filter((field) => !field.startsWith(`${owner}_`))
  return [
    ...misnamed.map((name): Finding => {
      const message = `A field that “${owner}” adds to “${address}” must be named “${owner}_${name}”.`
      return { severity: 'error', address, path: `/properties/${name}`, code: 'layer.extends.prefix', message }
    }),
    ...clashes(base, more, []).map((path): Finding => {
      const message = `“${owner}” says otherwise at “${path}”, but only the owner of “${address}” may change what exists; leave it out.`
      return { severity: 'warning', address, path, code: 'layer.extends.taken', message }
    }),
  ]
}

/** Where the added map has another value than the base. */
function clashes(base: JsonObject, added: JsonObject, path: readonly string[]): string[] {
  return Object.entries(added).flatMap(([key, value]) => {
    const at = [...path, key]
    const existing = Object.hasOwn(base, key) ? base[key] : undefined
    if (existing === undefined || isEqual(existing, value)) return []
    return isObject(existing) && isObject(value) ? clashes(existing, value, at) : [toPointer(at)]
  })
}

function overrideDefinition(
  existing: Effective | undefined,
  address: Address,
  overrides: readonly Override[],
): Outcome {
  if (existing === undefined) {
    const message = `The site changes “${address}”, which no plugin defines any more; discard the change or restore the plugin.`
    return {
      definition: existing,
      findings: [{ severity: 'warning', address, path: '', code: 'layer.override.unknown', message }],
    }
  }
  return remember(overridden, existing, overrides, () => {
    if (overrides.some((override) => override.op === 'remove' && override.path === '')) {
      return { definition: undefined, findings: [] }
    }
    const { document, misfits } = applyChanges(keyedForm(existing.body), overrides)
    return {
      definition: { ...existing, body: listedForm(document) },
      findings: misfits.map((misfit) => misfitFinding(address, misfit)),
    }
  })
}

/** By code units: the same on every machine. */
function sorted<Part>(parts: Iterable<Part>, keyOf: (part: Part) => string): Part[] {
  return [...parts]
    .map((part) => ({ part, key: keyOf(part) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ part }) => part)
}

function groupByAddress(overrides: readonly Override[]): Map<Address, Override[]> {
  const groups = new Map<Address, Override[]>()
  for (const override of overrides) {
    const group = groups.get(override.address)
    if (group === undefined) groups.set(override.address, [override])
    else group.push(override)
  }
  return groups
}

function misfitFinding(address: Address, { change, reason }: Misfit): Finding {
  const reasons = {
    'missing-parent': 'what it changes is gone',
    'missing-target': 'what it changes is gone',
    'missing-anchor': 'the entry it stands behind is gone, so it stands last',
  }
  return {
    severity: 'warning',
    address,
    path: change.path,
    code: `layer.override.${reason}`,
    message: `The site's change at “${change.path}” of “${address}” no longer fits: ${reasons[reason]}.`,
  }
}

/** Deep merge of maps: what stands already stays, in its order; what is new comes behind it. */
function mergeMaps(base: JsonObject, added: JsonObject): JsonObject {
  const kept = Object.entries(base).map(([key, existing]): [string, Json] => {
    const value = Object.hasOwn(added, key) ? added[key] : undefined
    return [key, isObject(existing) && isObject(value) ? mergeMaps(existing, value) : existing]
  })
  return Object.fromEntries([...kept, ...Object.entries(added).filter(([key]) => !Object.hasOwn(base, key))])
}
