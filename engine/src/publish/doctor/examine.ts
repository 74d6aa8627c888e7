import { quoted, tableName } from '../steps/step.ts'
import type { Catalog } from './catalog.ts'
import type { ExpectedColumn, ExpectedLinks, ExpectedTable } from './expectation.ts'

/** One place where the database is not as the metadata says. */
export interface Ailment {
  readonly code: string
  /** The database object. */
  readonly object: string
  readonly message: string
  /** Statements that mend it, none when a person has to decide. */
  readonly repair: readonly string[]
}

/** Work that is to mend a part of it anyway. */
export interface OpenWork {
  readonly name: string
  readonly state: string
}

/** Compares the catalog with what the live release needs. Pure. */
export function examine(
  catalog: Catalog,
  { tables: expected, links }: { readonly tables: readonly ExpectedTable[]; readonly links: ExpectedLinks },
  spelled: ReadonlyMap<string, string>,
  work: readonly OpenWork[],
): Ailment[] {
  const working = new Map(work.map(({ name, state }) => [name, state]))
  return [
    ...expected.flatMap((table) => examineTable(catalog, table, spelled)),
    ...expected.flatMap((table) => examineConstraints(catalog, table, working)),
    ...expected.flatMap((table) => examineFills(table, working)),
    ...examineLinks(catalog, links),
    ...strangers(catalog, expected, links),
  ]
}

function examineLinks(catalog: Catalog, { needed }: ExpectedLinks): Ailment[] {
  return [...needed]
    .filter(([table]) => !catalog.tables.has(table))
    .map(([table, { text, create }]) => ({
      code: 'table.missing',
      object: tableName(table),
      message: `The links of ${text} are missing; they are lost unless a backup has them.`,
      repair: create,
    }))
}

function examineTable(catalog: Catalog, expected: ExpectedTable, spelled: ReadonlyMap<string, string>): Ailment[] {
  const table = tableName(expected.table)
  const columns = catalog.tables.get(expected.table)
  if (columns === undefined) {
    const definitions = [...expected.columns].map(([name, column]) => definitionOf(name, column))
    const message = `The table of “${expected.entity}” is missing; its records are lost unless a backup has them.`
    const repair = [`create table ${table} (${definitions.join(', ')})`]
    return [{ code: 'table.missing', object: table, message, repair }]
  }
  const wrong = [...expected.columns].flatMap(([name, column]): Ailment[] => {
    const { type, isOptional, refill } = column
    const actual = columns.get(name)
    const object = `${table}.${quoted(name)}`
    if (actual === undefined) {
      if (isOptional) return []
      const message = `The column is missing; its values ${refill === undefined ? 'are lost' : 'can be worked out again'}.`
      const repair = [`alter table ${table} add column ${definitionOf(name, column)}`, ...(refill ?? [])]
      return [{ code: 'column.missing', object, message, repair }]
    }
    if (actual === (spelled.get(type) ?? type)) return []
    const message = `The column is ${actual} and should be ${type}.`
    return [{ code: 'column.type', object, message, repair: [] }]
  })
  const unknown = [...columns.keys()].filter((name) => !expected.columns.has(name))
  return [
    ...wrong,
    ...unknown.map((name) => ({
      code: 'column.unknown',
      object: `${table}.${quoted(name)}`,
      message: 'No field has this column; drop it when you know that nobody needs its values.',
      repair: [],
    })),
    ...expected.triggers
      .filter((name) => !catalog.triggers.has(name))
      .map((name) => ({
        code: 'trigger.missing',
        object: quoted(name),
        message: 'A change of type is under way without its trigger; take the change back and publish it again.',
        repair: [],
      })),
  ]
}

function definitionOf(name: string, { type, rule }: ExpectedColumn): string {
  return `${quoted(name)} ${type} ${rule}`.trimEnd()
}

function examineConstraints(catalog: Catalog, expected: ExpectedTable, work: ReadonlyMap<string, string>): Ailment[] {
  if (!catalog.tables.has(expected.table)) return []
  return expected.constraints.flatMap(({ name, text, create, drop, later }): Ailment[] => {
    const actual = catalog.objects.get(name)
    const state = work.get(name)
    if (state === 'pending' || state === 'running') return []
    const object = quoted(name)
    if (state === 'failed') {
      const message = `A deferred step has failed: ${text} See the list of jobs for the records at fault.`
      return [{ code: 'job.failed', object, message, repair: [] }]
    }
    if (actual === undefined)
      return [{ code: 'constraint.missing', object, message: `Missing: ${text}`, repair: [create] }]
    if (!actual.isBroken) return []
    const repair = actual.kind === 'constraint' ? [later.statement] : [drop, create]
    return [{ code: 'constraint.invalid', object, message: `Not valid for all records: ${text}`, repair }]
  })
}

/** Stored formulas are worked out at each reading until their job is done, so nothing is wrong but slow. */
function examineFills({ table, fills }: ExpectedTable, work: ReadonlyMap<string, string>): Ailment[] {
  return fills
    .filter(({ name }) => work.get(name) === 'failed')
    .map(({ name, title }) => ({
      code: 'job.failed',
      object: quoted(name),
      message: `The job that works out “${title}” in ${tableName(table)} has failed. See the list of jobs.`,
      repair: [],
    }))
}

/** What no definition asks for. */
function strangers(catalog: Catalog, expected: readonly ExpectedTable[], links: ExpectedLinks): Ailment[] {
  const tables = new Set(expected.map(({ table }) => table))
  const names = new Set(expected.flatMap(({ constraints }) => constraints.map(({ name }) => name)))
  const triggers = new Set(expected.flatMap((table) => table.triggers))
  return [
    ...[...catalog.tables.keys()]
      .filter((table) => !tables.has(table) && !links.known.has(table))
      .map((table) => ({
        code: 'table.unknown',
        object: tableName(table),
        message: 'No entity has this table; drop it when you know that nobody needs its records.',
        repair: [],
      })),
    ...[...catalog.objects]
      .filter(([name, { table }]) => tables.has(table) && !names.has(name))
      .map(([name, { table, kind }]) => ({
        code: 'constraint.unknown',
        object: quoted(name),
        message: 'No definition asks for this.',
        repair: [
          kind === 'index'
            ? `drop index if exists app.${quoted(name)}`
            : `alter table ${tableName(table)} drop constraint if exists ${quoted(name)}`,
        ],
      })),
    ...[...catalog.triggers]
      .filter(([name, table]) => tables.has(table) && !triggers.has(name))
      .map(([name, table]) => ({
        code: 'trigger.unknown',
        object: quoted(name),
        message: 'No change of type needs this trigger any more.',
        repair: [`drop trigger if exists ${quoted(name)} on ${tableName(table)}`],
      })),
  ]
}
