import type { Address } from '../definition.ts'
import { asObject, type JsonObject } from '../json.ts'
import type { Effective } from '../layers/fold.ts'
import { type Memory, remember } from '../remember.ts'
import { entityIdOf, fieldIdOf } from './identity.ts'
import type { EntityStorage, Storage } from './storage.ts'

type Definitions = ReadonlyMap<Address, Effective>

const shown: Memory<Effective> = new WeakMap()

/** The definitions with every held field as it stays until its values are converted. */
export function holdBack(definitions: Definitions, storage: Storage): Definitions {
  const isHolding = Object.values(storage.entities).some(({ held }) => held !== undefined)
  if (!isHolding) return definitions
  return new Map(
    [...definitions].map(([address, definition]) => {
      const held = definition.kind === 'entity' ? storage.entities[entityIdOf(definition)]?.held : undefined
      if (held === undefined) return [address, definition]
      return [address, remember(shown, definition, [held], () => withHeld(definition, held))]
    }),
  )
}

function withHeld(definition: Effective, held: NonNullable<EntityStorage['held']>): Effective {
  const properties = Object.entries(asObject(definition.body.properties)).map(([name, value]): [string, JsonObject] => {
    const property = asObject(value)
    const id = fieldIdOf(name, property)
    const before = held[id]
    if (before === undefined) return [name, property]
    return [name, name === id ? before.property : { 'x-id': id, ...before.property }]
  })
  return { ...definition, body: { ...definition.body, properties: Object.fromEntries(properties) } }
}

/** The storage in which every definition shows as it is declared. */
export function withoutHeld(storage: Storage): Storage {
  const entities = Object.entries(storage.entities)
  if (entities.every(([, { held }]) => held === undefined)) return storage
  return {
    ...storage,
    entities: Object.fromEntries(
      entities.map(([id, stored]) => {
        if (stored.held === undefined) return [id, stored]
        const { held: _held, ...rest } = stored
        return [id, rest]
      }),
    ),
  }
}
