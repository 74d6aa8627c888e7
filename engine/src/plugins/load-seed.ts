import { basename, join } from 'node:path'
import {
  asObject,
  asText,
  asTexts,
  type Entity,
  isObject,
  type Json,
  type JsonObject,
  type Release,
} from '@heddle/metadata'
import { systemActor } from '../access/actor.ts'
import { grantFor } from '../access/grant.ts'
import { createUser } from '../accounts/users.ts'
import { Fault } from '../errors.ts'
import { createDepartment } from '../organisation/departments.ts'
import { insertWithLines } from '../records/create.ts'
import { prepareCreate } from '../records/prepare-record.ts'
import type { WriteContext } from '../records/write-record.ts'
import { settleKept } from '../records/write-services.ts'
import type { Database, Transaction } from '../storage/connect.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import { pluginInvalid, seedInvalid } from './plugin-errors.ts'
import { listFolder, readObject } from './read-folder.ts'
import type { Plugin } from './read-plugin.ts'
import { resolveSeedValue, type SeedScope, seedId } from './seed-values.ts'

/** What loading a seed did. */
export interface SeedReport {
  readonly people: readonly string[]
  readonly records: number
}

/** The name of the fact that a plugin's sample data have been loaded. */
export function seedMark(plugin: string): string {
  return `seed ${plugin}`
}

/**
 * Loads a plugin's sample data in one transaction, through the same validation as any write. Loading again does
 * nothing. People can sign in with `password`.
 */
export function loadSeed(
  database: Database,
  release: Release,
  plugin: Plugin,
  options: {
    readonly password: string | undefined
    readonly now: Date
    readonly timeZone: string
    /** Told who can sign in, before they can. */
    readonly beforeCommit?: (people: readonly string[]) => Promise<void>
  },
): Promise<SeedReport> {
  return inTransaction(database, async (transaction) => {
    const claimed = await transaction`
      insert into heddle.fact (name, value) values (${seedMark(plugin.name)}, ${JSON.stringify(plugin.version)}) on conflict do nothing`
    if (claimed.count === 0) return { people: [], records: 0 }
    const scope: SeedScope = { plugin: plugin.name, now: options.now, timeZone: options.timeZone }
    const files = await seedFiles(join(plugin.folder, 'seed'))
    const people = files.find((file) => basename(file) === 'people.json')
    const emails =
      people === undefined ? [] : await loadPeople(transaction, await readObject(people), scope, options.password)
    let records = 0
    for (const file of files.filter((each) => each !== people)) {
      records += await loadFile(transaction, release, file, scope)
    }
    await options.beforeCommit?.(emails)
    return { people: emails, records }
  })
}

async function seedFiles(folder: string): Promise<string[]> {
  return (await listFolder(folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => join(folder, file))
}

async function loadPeople(
  transaction: Transaction,
  body: JsonObject,
  scope: SeedScope,
  password: string | undefined,
): Promise<string[]> {
  const departments = Object.entries(asObject(body.departments))
  const people = Object.entries(asObject(body.people))
  const idOf = (collection: string, key: string | undefined) =>
    key === undefined ? undefined : seedId(scope.plugin, collection, key)
  for (const [key, value] of departments) {
    const { name, parent, head } = asObject(value)
    await createDepartment(transaction, {
      id: seedId(scope.plugin, 'department', key),
      name: asText(name) ?? key,
      parent: idOf('department', asText(parent)),
      head: idOf('user', asText(head)),
    })
  }
  for (const [key, value] of people) {
    const person = asObject(value)
    await createUser(transaction, {
      id: seedId(scope.plugin, 'user', key),
      email: asText(person.email) ?? key,
      name: asText(person.name) ?? key,
      roles: asTexts(person.roles),
      departmentId: idOf('department', asText(person.department)),
      managerId: idOf('user', asText(person.manager)),
      password,
    })
  }
  return people.map(([key, value]) => asText(asObject(value).email) ?? key)
}

async function loadFile(transaction: Transaction, release: Release, file: string, scope: SeedScope): Promise<number> {
  const body = await readObject(file)
  const entity = release.entity(asText(body.entity) ?? '')
  if (entity === undefined) throw pluginInvalid(file, `there is no entity “${String(body.entity)}”.`)
  const context = contextFor(transaction, release, scope)
  const records = Object.entries(asObject(body.records))
  const isOfItself = JSON.stringify(records).includes(`"@${entity.name}/`)
  for (const group of groupsOf(records, isOfItself ? 1 : atOnce)) {
    await allOf(group.map(([key, value]) => loadRecord(context, entity, { file, key, value, scope })))
  }
  await settleKept(context)
  return records.length
}

/** Records written side by side: the driver sends their statements without waiting for each answer. */
const atOnce = 40

function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** Waits for all, also when one fails: nothing may write after its transaction. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) if (outcome.status === 'rejected') throw outcome.reason
}

async function loadRecord(
  context: WriteContext,
  entity: Entity,
  { file, key, value, scope }: { file: string; key: string; value: Json; scope: SeedScope },
): Promise<void> {
  const resolved = resolveSeedValue(value, scope)
  if (!isObject(resolved)) throw seedInvalid(file, key, 'it must be an object.')
  try {
    const grant = grantFor(context.reader.release, systemActor, entity)
    const prepared = await prepareCreate(context, entity, grant, resolved)
    await insertWithLines(context, entity, prepared, { id: seedId(scope.plugin, entity.name, key) })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw seedInvalid(file, key, error.errors.map((each) => `${each.path} ${each.message}`).join(' ') || error.message)
  }
}

function contextFor(connection: Transaction, release: Release, { plugin, now, timeZone }: SeedScope): WriteContext {
  const reader = { release, actor: systemActor }
  return { connection, reader, clock: { now, timeZone }, cause: `seed ${plugin}`, changes: [], raised: new Set() }
}
