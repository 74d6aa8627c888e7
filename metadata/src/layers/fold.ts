import { type Address, addressOf, type Definition } from '../definition.ts'
import type { Finding } from '../findings.ts'
import { asObject, isObject, type Json, type JsonObject } from '../json.ts'
import { applyChanges, type Change, type Misfit } from './changes.ts'
import { keyedForm, listedForm } from './sets.ts'

/** A change of one layer to what another layer owns. */
export type Override = Change & { readonly address: Address }

/** Where definitions come from: a plugin, or the site (always the last). */
export interface Layer {
  /** The plugin's name, or `site`. */
  readonly owner: string
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

/** The effective definitions, in the order of their first appearance. */
export interface Folded {
  readonly definitions: ReadonlyMap<Address, Effective>
  readonly findings: readonly Finding[]
}

/** The name of the layer that belongs to this installation. */
export const siteOwner = 'site'

/** Kinds whose documents of one name merge over layers instead of being owned by one. */
const mergedKinds: ReadonlySet<string> = new Set(['translation'])

/** Folds layers, plugins in dependency order and the site last, into the effective definitions. Pure and deterministic. */
export function foldLayers(layers: readonly Layer[]): Folded {
  const definitions = new Map<Address, Effective>()
  const findings: Finding[] = []
  for (const layer of layers) {
    for (const definition of layer.definitions) addDefinition(definitions, layer.owner, definition, findings)
    for (const extension of layer.extensions) extendDefinition(definitions, layer.owner, extension, findings)
    overrideDefinitions(definitions, layer.overrides, findings)
  }
  return { definitions, findings }
}

function addDefinition(
  definitions: Map<Address, Effective>,
  owner: string,
  definition: Definition,
  findings: Finding[],
): void {
  const address = addressOf(definition)
  const existing = definitions.get(address)
  if (existing === undefined) {
    definitions.set(address, { ...definition, owner, fieldOwners: new Map() })
  } else if (mergedKinds.has(definition.kind)) {
    definitions.set(address, { ...existing, body: mergeMaps(existing.body, definition.body) })
  } else {
    findings.push({
      severity: 'error',
      address,
      path: '',
      code: 'layer.duplicate',
      message: `“${address}” is defined by “${existing.owner}” already; “${owner}” must choose another name or extend it.`,
    })
  }
}

function extendDefinition(
  definitions: Map<Address, Effective>,
  owner: string,
  extension: Definition,
  findings: Finding[],
): void {
  const address = addressOf(extension)
  const existing = definitions.get(address)
  if (existing === undefined) {
    findings.push({
      severity: 'error',
      address,
      path: '',
      code: 'layer.extends.unknown',
      message: `“${owner}” extends “${address}”, which no earlier layer defines; require the plugin that owns it.`,
    })
    return
  }
  const added = Object.keys(asObject(extension.body.properties))
  for (const name of added.filter((field) => !field.startsWith(`${owner}_`))) {
    findings.push({
      severity: 'error',
      address,
      path: `/properties/${name}`,
      code: 'layer.extends.prefix',
      message: `A field that “${owner}” adds to “${address}” must be named “${owner}_${name}”.`,
    })
  }
  definitions.set(address, {
    ...existing,
    body: listedForm(mergeMaps(keyedForm(existing.body), keyedForm(extension.body))),
    fieldOwners: new Map([...existing.fieldOwners, ...added.map((name) => [name, owner] as const)]),
  })
}

function overrideDefinitions(
  definitions: Map<Address, Effective>,
  overrides: readonly Override[],
  findings: Finding[],
): void {
  for (const [address, group] of groupByAddress(overrides)) {
    const existing = definitions.get(address)
    if (existing === undefined) {
      findings.push({
        severity: 'warning',
        address,
        path: '',
        code: 'layer.override.unknown',
        message: `The site changes “${address}”, which no plugin defines any more; discard the change or restore the plugin.`,
      })
      continue
    }
    if (group.some((override) => override.op === 'remove' && override.path === '')) {
      definitions.delete(address)
      continue
    }
    const { document, misfits } = applyChanges(keyedForm(existing.body), group)
    findings.push(...misfits.map((misfit) => misfitFinding(address, misfit)))
    definitions.set(address, { ...existing, body: listedForm(document) })
  }
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

/** Deep merge of maps; what stands already wins over scalars of the same path except for new keys. */
function mergeMaps(base: JsonObject, added: JsonObject): JsonObject {
  const result: JsonObject = { ...base }
  for (const [key, value] of Object.entries(added)) {
    const existing: Json | undefined = Object.hasOwn(base, key) ? base[key] : undefined
    if (isObject(existing) && isObject(value)) result[key] = mergeMaps(existing, value)
    else if (existing === undefined) result[key] = value
  }
  return result
}
