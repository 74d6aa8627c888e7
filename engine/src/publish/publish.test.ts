import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../storage/connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { library } from '../testing/definitions.ts'
import { startTestProduct } from '../testing/product.ts'
import { listDrafts, saveDraft } from './drafts.ts'
import { loadLiveState } from './live-state.ts'
import { planDrafts } from './plan.ts'
import { publish } from './publish.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function publishBody(address: string, body: JsonObject, on: Database = database.sql) {
  const actor = '00000000-0000-0000-0000-000000000000'
  await saveDraft(on, { address, body, isRemoved: false, ifMatch: undefined, live: null, actor })
  return publish(on, {
    replan: async (transaction) =>
      planDrafts(transaction, await loadLiveState(transaction), await listDrafts(transaction)),
    planHash: undefined,
    acceptance: { accept: [], confirm: undefined },
    actor,
  })
}

test('a publish takes one connection, so it ends also when requests that wait for its tables hold all others', async () => {
  const only = connect(database.url, { max: 1 })
  const published = await publishBody('entity/author', library['entity/author'] ?? {}, only)
  expect(published.release.number).toBe(1)
  await only.end()
})

test('the structure is changed on a connection that is a session, never through a pooler of transactions', async () => {
  const product = await startTestProduct()
  await product.database.sql.unsafe(`
    create table public.changed (by text);
    create function public.note_change() returns event_trigger language plpgsql as
      $$ begin insert into public.changed values (current_setting('application_name')); end $$;
    create event trigger note_change on ddl_command_end execute function public.note_change()`)
  await product.publish({ 'entity/author': library['entity/author'] ?? {} })
  expect(await product.database.sql`select distinct by from public.changed`).toEqual([{ by: 'heddle-direct' }])
  await product.stop()
})

test('a state that is live is not loaded again, and a loaded one holds what was published', async () => {
  const loaded = await loadLiveState(database.sql)
  expect(loaded.folded.definitions.get('entity/author')?.body).toEqual(library['entity/author'])
  expect(loaded.storage.entities.author?.fields.name).toEqual({ column: 'name', type: 'text', columnType: 'text' })
  expect(await loadLiveState(database.sql, loaded)).toBe(loaded)
})

test('loading a newer state keeps the objects of what did not change', async () => {
  const before = await loadLiveState(database.sql)
  await publishBody('entity/note', { ...library['entity/author'], title: '笔记' })
  const after = await loadLiveState(database.sql, before)
  expect(after.release.number).toBe(before.release.number + 1)
  expect(after.folded.definitions.get('entity/author')).toBe(before.folded.definitions.get('entity/author'))
  expect(after.release.entity('author')).toBe(before.release.entity('author'))
  expect(after.release.entity('note')?.title).toBe('笔记')
})

test('names and identities that every object has are findings of the plan', async () => {
  const product = await startTestProduct()
  const text = { 'x-field': { type: 'text' } }
  const parts = { 'x-field': { type: 'group' }, properties: { constructor: text, whole: text } }
  const drafts: { readonly [address: string]: JsonObject } = {
    'entity/constructor': { title: 'A', properties: { title: text } },
    'entity/note': { title: 'B', 'x-id': 'toString', properties: { title: text } },
    'entity/tag': { title: 'C', properties: { constructor: text, kind: { 'x-id': '__proto__', ...text }, parts } },
    'view/notes': { title: 'D', entity: 'constructor', columns: { constructor: {} } },
  }
  for (const [address, body] of Object.entries(drafts)) {
    await product.request('PUT', `/api/metadata/draft/${address}`, { body })
  }
  const { status, body } = await product.request('POST', '/api/metadata/plan')
  const findings: { code: string; address: string; path: string }[] = Object(body.findings)
  expect([status, findings.map(({ code, address, path }) => `${code} ${address}${path}`).toSorted()]).toEqual([
    200,
    [
      'entity.unknown view/notes/entity',
      'name.invalid entity/constructor',
      'name.invalid entity/note/x-id',
      'name.invalid entity/tag/properties/constructor',
      'name.invalid entity/tag/properties/kind/x-id',
      'name.invalid entity/tag/properties/parts/properties/constructor',
    ],
  ])
  await product.stop()
})
