import type { Entity, Field, JsonObject } from '@heddle/metadata'
import { ownOwner } from '../access/actor.ts'
import { type Grant, grantFor } from '../access/grant.ts'
import { toldTo } from '../access/language.ts'
import { invalidRecord, staleVersion } from '../errors.ts'
import { passFault } from '../faults.ts'
import { linkFields } from '../field-types/link-tables.ts'
import { runRaw, type Statement } from '../storage/statement.ts'
import { isUuid, uuidv7 } from '../storage/uuid.ts'
import { bindFields, insertedFields, searchVector, writableFields } from './bind-values.ts'
import { changedNames } from './changed-names.ts'
import { duplicateField, recordFault } from './database-faults.ts'
import { deltaOfChange, deltaOfNew } from './delta.ts'
import { linkFiles, unlinkFiles } from './file-links.ts'
import type { StoredRecord } from './get.ts'
import { holdAround } from './kept/hold-around.ts'
import type { RecordChange } from './kept/record-change.ts'
import { numberRecords } from './number-records.ts'
import { ReleaseMoved } from './on-live-release.ts'
import { findTaken } from './pending-fields.ts'
import { findNowhere } from './references.ts'
import { surroundingValues } from './surroundings.ts'
import type { WriteContext } from './write-context.ts'
import { writeLinks } from './write-links.ts'
import {
  insertStatement,
  purgedStatement,
  purgeStatement,
  trashStatement,
  updateStatement,
} from './write-statements.ts'

export type { WriteContext } from './write-context.ts'

/** A record as it is stored, parsed. */
export interface CurrentRecord {
  readonly id: string
  readonly version: number
  readonly values: JsonObject
}

/** Inserts one validated record, numbered, with its event. @throws Fault 409, 422; ReleaseMoved */
export async function insertRecord(
  context: WriteContext,
  entity: Entity,
  given: JsonObject,
  place: { readonly id?: string; readonly position?: number } = {},
): Promise<StoredRecord & { readonly id: string }> {
  const { reader } = context
  const id = place.id ?? uuidv7()
  const fields = insertedFields(entity)
  const [values = given] = await numberRecords(context, entity, [given])
  await holdAround(context, entity, { values: [values] })
  const owner = values.owner_id ?? ownOwner(reader.actor)
  const record = await runWrite(context, entity, insertStatement(reader, entity, grantOf(context, entity)), {
    ...bindFields(fields, values),
    id,
    owner,
    position: place.position ?? null,
    search: searchVector(reader.release, entity, values),
    delta: JSON.stringify(deltaOfNew(entity, values)),
  })
  if (record === undefined) throw await explainNothing(context, fields, values, entity)
  await writeLinks(context, entity, { id, values, isNew: true })
  await linkFiles(context, entity, id, values)
  context.changes.push({ entity, ids: [id], fields: undefined, left: new Map() })
  return { ...record, id }
}

/**
 * Updates the changed fields of one record at the version it was read with; nothing happens when nothing changed.
 * @throws Fault 409, 412, 422; ReleaseMoved
 */
export async function updateRecord(
  context: WriteContext,
  entity: Entity,
  current: CurrentRecord,
  patch: JsonObject,
  options: { readonly always?: boolean } = {},
): Promise<StoredRecord | undefined> {
  const changed = changedNames(current.values, patch)
  const fields = writableFields(entity).filter((field) => changed.includes(field.name))
  const hasOwner = changed.includes('owner_id')
  const links = linkFields(entity).filter((field) => changed.includes(field.name))
  if (fields.length + links.length === 0 && !hasOwner && options.always !== true) return undefined
  const next = { ...current.values, ...patch }
  const isSearched = entity.search.some((name) => changed.includes(name))
  const change = { fields, isSearched, hasOwner }
  const given = Object.fromEntries(fields.map(({ name }) => [name, patch[name] ?? null]))
  await holdAround(context, entity, { ids: [current.id], values: [given] })
  const record = await runWrite(
    context,
    entity,
    updateStatement(context.reader, entity, grantOf(context, entity), change),
    {
      ...bindFields(fields, patch),
      id: current.id,
      version: current.version,
      owner: patch.owner_id ?? null,
      search: isSearched ? searchVector(context.reader.release, entity, next) : null,
      delta: JSON.stringify(
        deltaOfChange(entity, [...[...fields, ...links].map(({ name }) => name), ...(hasOwner ? ['owner_id'] : [])], {
          before: current.values,
          after: patch,
        }),
      ),
    },
  )
  if (record === undefined) throw await explainNothing(context, fields, patch, entity, current)
  if (links.length > 0) await writeLinks(context, entity, { id: current.id, values: patch })
  await linkFiles(context, entity, current.id, patch)
  context.changes.push(updateChange(entity, current, fields, hasOwner))
  return record
}

/** Moves a record to the trash or back. @throws Fault 409, 412; ReleaseMoved */
export async function trashRecord(
  context: WriteContext,
  entity: Entity,
  current: Pick<CurrentRecord, 'id' | 'version'>,
  kind: 'deleted' | 'restored',
): Promise<StoredRecord> {
  await holdAround(context, entity, { ids: [current.id] })
  const statement = trashStatement(context.reader, entity, grantOf(context, entity), kind)
  const record = await runWrite(context, entity, statement, { id: current.id, version: current.version, delta: null })
  if (record === undefined) throw await explainNothing(context, [], {}, entity, current)
  context.changes.push({ entity, ids: [current.id], fields: undefined, left: new Map() })
  return record
}

/** Records of one entity. */
export interface RecordsOf {
  readonly entity: Entity
  readonly ids: readonly string[]
}

/**
 * Removes a record for good, and what is known of it and of those that the database removes `along` with it.
 * @throws Fault 409, 412; ReleaseMoved
 */
export async function purgeRecord(
  context: WriteContext,
  entity: Entity,
  current: Pick<CurrentRecord, 'id' | 'version'>,
  along: readonly RecordsOf[],
): Promise<void> {
  const statement = purgeStatement(context.reader, entity)
  const values = { ...commonValues(context, entity), id: current.id, version: current.version }
  const rows = await runGuarded(context, entity, () => runRaw(context.connection, statement, values))
  if (rows.length === 0) throw await explainNothing(context, [], {}, entity, current)
  for (const gone of [{ entity, ids: [current.id] }, ...along]) await forgetRecords(context, gone)
}

async function forgetRecords(context: WriteContext, { entity, ids }: RecordsOf): Promise<void> {
  const { connection, reader } = context
  const values = { ...commonValues(context, entity), ids: [...ids], delta: null }
  await runRaw(connection, purgedStatement(reader), values)
  await connection`delete from heddle.comment where entity = ${entity.id} and record = any(${[...ids]}::uuid[])`
  await unlinkFiles(context, entity, ids)
}

function grantOf({ reader }: WriteContext, entity: Entity): Grant {
  return grantFor(reader.release, reader.actor, entity)
}

async function runWrite(
  context: WriteContext,
  entity: Entity,
  statement: Statement,
  values: Readonly<Record<string, unknown>>,
): Promise<StoredRecord | undefined> {
  const all = { ...values, ...commonValues(context, entity) }
  const [row] = await runGuarded(context, entity, () => runRaw(context.connection, statement, all))
  const [json, version] = row ?? []
  return json && version ? { json, version: version.toString() } : undefined
}

async function runGuarded<Result>(context: WriteContext, entity: Entity, run: () => Promise<Result>): Promise<Result> {
  try {
    passFault('write.before-statement')
    const result = await run()
    passFault('write.after-statement')
    return result
  } catch (error) {
    throw recordFault(error, context.reader, entity)
  }
}

function commonValues({ reader, clock, cause }: WriteContext, entity: Entity) {
  return {
    ...surroundingValues(reader, clock),
    release: reader.release.number,
    actor: reader.actor.id,
    entity: entity.id,
    cause: cause ?? null,
  }
}

/** What an update changed, the columns that every update writes included. */
function updateChange(
  entity: Entity,
  current: CurrentRecord,
  fields: readonly Field[],
  hasOwner: boolean,
): RecordChange {
  const system = ['version', 'updated_at', 'updated_by', ...(hasOwner ? ['owner_id', 'department_id'] : [])]
  const left = fields.flatMap(({ name }): [string, string[]][] => {
    const before = current.values[name]
    return typeof before === 'string' && isUuid(before) ? [[name, [before]]] : []
  })
  const names = fields.map((field) => field.name)
  return { entity, ids: [current.id], fields: new Set([...names, ...system]), left: new Map(left) }
}

/** Why a guarded statement changed nothing: the release moved, the record changed, or a reference leads nowhere. */
async function explainNothing(
  { connection, reader }: WriteContext,
  fields: readonly Field[],
  values: JsonObject,
  subject: Entity,
  current?: Pick<CurrentRecord, 'id' | 'version'>,
): Promise<Error> {
  const [live] = await connection<{ release: number }[]>`select release from heddle.live`
  if (live?.release !== reader.release.number) return new ReleaseMoved()
  if (current !== undefined) {
    const [row] = await connection<{ version: number }[]>`
      select version from app.${connection(subject.table)} where id = ${current.id}`
    if (row !== undefined && row.version !== current.version) return staleVersion(row.version)
  }
  const nowhere = await findNowhere({ connection, reader }, subject, fields, values)
  if (nowhere !== undefined) return nowhere
  const taken = subject.pending.size === 0 ? undefined : await findTaken(connection, subject, values, current?.id)
  if (taken !== undefined) {
    const told = toldTo(reader, subject)
    return duplicateField(told, told.fields.get(taken.name))
  }
  return invalidRecord([{ path: '', code: 'record.changed', message: 'The record changed meanwhile; try again.' }])
}
