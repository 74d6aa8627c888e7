import {
  type Address,
  asObject,
  asText,
  compileRelease,
  type Definition,
  type EntityStorage,
  type Folded,
  foldLayers,
  isObject,
  type Json,
  type JsonObject,
  type Layer,
  type Manifest,
  type Override,
  parseAddress,
  type Release,
  type Storage,
  siteOwner,
} from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { hashOf, loadBlobs, saveBlobs } from './blobs.ts'

/** Everything a process knows of the live release. */
export interface LiveState {
  readonly layers: readonly Layer[]
  readonly folded: Folded
  readonly storage: Storage
  readonly release: Release
}

/** The state of an installation before its first publish. */
export function emptyState(): LiveState {
  return stateOf(0, [{ owner: siteOwner, definitions: [], extensions: [], overrides: [] }], {
    entities: {},
    aliases: {},
  })
}

/** Folds and compiles layers. */
export function stateOf(number: number, layers: readonly Layer[], storage: Storage): LiveState {
  const folded = foldLayers(layers)
  return { layers, folded, storage, release: compileRelease(number, folded.definitions, storage) }
}

/** The same definitions with their data in other places. */
export function withStorage({ layers, folded, release }: LiveState, storage: Storage): LiveState {
  return { layers, folded, storage, release: compileRelease(release.number, folded.definitions, storage) }
}

/** What a release row holds of a layer: content addresses only, so that a release costs what changed. */
interface StoredLayer {
  readonly owner: string
  readonly manifest?: Manifest
  readonly definitions: { readonly [address: Address]: string }
  readonly extensions: { readonly [address: Address]: string }
  readonly overrides: string | null
}

/**
 * The live release's state, the empty one when nothing has been published; `known` itself when that is still live. What
 * both have in common is not loaded again and stays the same objects.
 */
export async function loadLiveState(connection: Connection, known: LiveState = emptyState()): Promise<LiveState> {
  const [row] = await connection<{ number: number; layers: string; storage: string }[]>`
    select number, layers::text as layers, storage::text as storage
    from heddle.release where number = (select release from heddle.live where release <> ${known.release.number})`
  return row === undefined ? known : restoreState(connection, row, bodiesOf(known))
}

/** The state of any release of the history; undefined when there is no such release. */
export async function loadState(connection: Connection, number: number): Promise<LiveState | undefined> {
  const [row] = await connection<{ number: number; layers: string; storage: string }[]>`
    select number, layers::text as layers, storage::text as storage from heddle.release where number = ${number}`
  return row === undefined ? undefined : restoreState(connection, row, new Map())
}

async function restoreState(
  connection: Connection,
  row: { number: number; layers: string; storage: string },
  known: ReadonlyMap<string, Json>,
): Promise<LiveState> {
  const stored: StoredLayer[] = JSON.parse(row.layers)
  const storage: { entities: { [id: string]: string }; aliases: Storage['aliases'] } = JSON.parse(row.storage)
  const wanted = [
    ...stored.flatMap((layer) => [
      ...Object.values(layer.definitions),
      ...Object.values(layer.extensions),
      ...(layer.overrides === null ? [] : [layer.overrides]),
    ]),
    ...Object.values(storage.entities),
  ]
  const loaded = await loadBlobs(
    connection,
    wanted.filter((hash) => !known.has(hash)),
  )
  const blobs = new Map([...known, ...loaded])
  const layers = stored.map((layer) => restoreLayer(layer, blobs))
  const entities = Object.fromEntries(
    Object.entries(storage.entities).map(([id, hash]) => [id, blobs.get(hash) as unknown as EntityStorage]),
  )
  return stateOf(row.number, layers, { entities, aliases: storage.aliases })
}

function restoreLayer(layer: StoredLayer, blobs: ReadonlyMap<string, Json>): Layer {
  const restore = (map: { readonly [address: Address]: string }): Definition[] =>
    Object.entries(map).flatMap(([address, hash]) => {
      const parsed = parseAddress(address)
      return parsed === undefined ? [] : [{ ...parsed, body: asObject(blobs.get(hash)) }]
    })
  const overrides = layer.overrides === null ? [] : blobs.get(layer.overrides)
  return {
    owner: layer.owner,
    ...(layer.manifest === undefined ? {} : { manifest: layer.manifest }),
    definitions: restore(layer.definitions),
    extensions: restore(layer.extensions),
    overrides: (overrides ?? []) as unknown as Override[],
  }
}

/** Writes the release row and every body it points to that `details.base`, a saved state, does not point to. */
export async function saveState(
  connection: Connection,
  state: LiveState,
  details: { readonly base: LiveState; readonly changes: Json; readonly actor: string | null },
): Promise<void> {
  const layers = state.layers.map(storedLayer)
  const saved = bodiesOf(details.base)
  const bodies = [...bodiesOf(state)].filter(([hash]) => !saved.has(hash)).map(([, body]) => body)
  await saveBlobs(connection, bodies)
  const storage = {
    entities: Object.fromEntries(
      Object.entries(state.storage.entities).map(([id, entity]) => [id, hashOf(jsonOf(entity))]),
    ),
    aliases: state.storage.aliases,
  }
  await connection`
    insert into heddle.release (number, layers, storage, changes, created_by)
    values (${state.release.number}, ${JSON.stringify(layers)}, ${JSON.stringify(storage)},
            ${JSON.stringify(details.changes)}, ${details.actor})`
}

/** Every body that a state's release row points to, by content address. */
function bodiesOf({ layers, storage }: LiveState): Map<string, Json> {
  const bodies = [
    ...layers.flatMap((layer) => [...layer.definitions, ...layer.extensions].map((each) => each.body)),
    ...layers.flatMap((layer) => (layer.overrides.length > 0 ? [jsonOf(layer.overrides)] : [])),
    ...Object.values(storage.entities).map(jsonOf),
  ]
  return new Map(bodies.map((body) => [hashOf(body), body]))
}

/** The content address of layers: the same for the same definitions, extensions and overrides. */
export function hashOfLayers(layers: readonly Layer[]): string {
  return hashOf(jsonOf(layers.map(storedLayer)))
}

function storedLayer(layer: Layer): StoredLayer {
  const hashes = (definitions: readonly Definition[]) =>
    Object.fromEntries(definitions.map(({ kind, name, body }) => [`${kind}/${name}`, hashOf(body)]))
  return {
    owner: layer.owner,
    ...(layer.manifest === undefined ? {} : { manifest: layer.manifest }),
    definitions: hashes(layer.definitions),
    extensions: hashes(layer.extensions),
    overrides: layer.overrides.length > 0 ? hashOf(jsonOf(layer.overrides)) : null,
  }
}

/** Readonly plain data is JSON; the compiler cannot see it. */
function jsonOf(value: object): Json {
  return value as Json
}

/** The title of a definition, its name when it has none. */
export function titleOf(definition: { readonly name: string; readonly body: JsonObject }): string {
  return isObject(definition.body) ? (asText(definition.body.title) ?? definition.name) : definition.name
}
