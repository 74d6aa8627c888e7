import type { Database } from '../../storage/connect.ts'
import { loadLiveState } from '../live-state.ts'
import { readCatalog, spellTypes } from './catalog.ts'
import { type Ailment, examine, type OpenWork } from './examine.ts'
import { expectLinks, expectTables } from './expectation.ts'

/** What the doctor found. */
export interface Diagnosis {
  readonly release: number
  readonly ailments: readonly Ailment[]
}

/** Compares the database with the live release, in one snapshot of both. Changes nothing. */
export function diagnose(database: Database): Promise<Diagnosis> {
  return database.begin('isolation level repeatable read read only', async (transaction): Promise<Diagnosis> => {
    const { release } = await loadLiveState(transaction)
    const expected = expectTables(release)
    const types = expected.flatMap(({ columns }) => [...columns.values()].map(({ type }) => type))
    const work = await transaction<OpenWork[]>`
      select distinct on (detail ->> 'name') detail ->> 'name' as name, state from heddle.deferred_step
      order by detail ->> 'name', created_at desc`
    const spelled = await spellTypes(transaction, types)
    const whole = { tables: expected, links: expectLinks(release) }
    return { release: release.number, ailments: examine(await readCatalog(transaction), whole, spelled, work) }
  })
}
