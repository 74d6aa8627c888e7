import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../storage/connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { library } from '../testing/definitions.ts'
import { listDrafts, saveDraft } from './drafts.ts'
import { loadLiveState } from './live-state.ts'
import { planDrafts } from './plan.ts'
import { publish } from './publish.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a publish takes one connection, so it ends also when requests that wait for its tables hold all others', async () => {
  const only = connect(database.url, { max: 1 })
  const actor = '00000000-0000-0000-0000-000000000000'
  const body = library['entity/author'] ?? {}
  await saveDraft(only, { address: 'entity/author', body, isRemoved: false, ifMatch: undefined, live: null, actor })
  const published = await publish(only, {
    replan: async (transaction) =>
      planDrafts(transaction, await loadLiveState(transaction), await listDrafts(transaction)),
    planHash: undefined,
    acceptance: { accept: [], confirm: undefined },
    actor,
  })
  expect(published.release.number).toBe(1)
  await only.end()
})
