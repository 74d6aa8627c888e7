import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { library } from '../../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../../testing/product.ts'
import { diagnose } from './diagnose.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(library)
  await product.publish({ 'entity/section': null, 'entity/article': withoutSections() })
})
afterAll(() => product.stop())
beforeEach(async () => {
  expect((await diagnose(product.database.sql)).ailments).toEqual([])
})

function withoutSections() {
  const article = library['entity/article'] ?? {}
  const { sections: _sections, written_on: _hidden, ...properties } = Object(article.properties)
  return { ...article, properties: { ...properties, length: { title: '长', 'x-field': { type: 'text' } } } }
}

const indexOf = async (prefix: string) => {
  const [row] = await product.database.sql`
    select indexname as name from pg_indexes where schemaname = 'app' and indexname like ${`${prefix}%`}`
  return String(row?.name)
}

const damages: [string, () => Promise<string>, string][] = [
  ['a missing unique index', async () => `drop index app."${await indexOf('unique_author')}"`, 'constraint.missing'],
  [
    'a constraint that was never validated',
    async () => {
      const [row] = await product.database.sql`
        select conname as name, pg_get_constraintdef(oid) as text from pg_constraint where conname like 'required_author%'`
      const { name, text } = Object(row)
      return `alter table app.author drop constraint "${name}", add constraint "${name}" ${text} not valid`
    },
    'constraint.invalid',
  ],
  ['an index that nobody asked for', async () => 'create index stray on app.author (name)', 'constraint.unknown'],
]

it.each(damages)('%s is found, and its repair plan mends it', async (_, damage, code) => {
  const { sql } = product.database
  await sql.unsafe(await damage())
  const { ailments } = await diagnose(sql)
  expect(ailments).toMatchObject([{ code, repair: [expect.any(String)] }])
  for (const { repair } of ailments) for (const statement of repair) await sql.unsafe(statement)
})

it('a lost table of links is named, and comes back empty', async () => {
  const { sql } = product.database
  const tags = { title: '标签', 'x-field': { type: 'many-to-many', entity: 'author' } }
  await product.publish({ 'entity/tag': { title: '标签', type: 'object', properties: { tags } } })
  const [row] = await sql`select relname as name from pg_class where relkind = 'r' and starts_with(relname, 'link_tag')`
  await sql.unsafe(`drop table app."${row?.name}"`)
  const { ailments } = await diagnose(sql)
  expect(ailments).toMatchObject([{ code: 'table.missing', object: `app."${row?.name}"` }])
  for (const { repair } of ailments) for (const statement of repair) await sql.unsafe(statement)
})

it('lost columns and tables are named, and come back empty', async () => {
  const { sql } = product.database
  await sql.unsafe('alter table app.article drop column title cascade')
  await sql.unsafe('alter table app.article drop column written_on')
  const { ailments } = await diagnose(sql)
  expect(ailments.map(({ code, object }) => `${code} ${object.split('.').at(-1)}`)).toEqual([
    'column.missing "title"',
    'column.missing "written_on"',
    expect.stringContaining('constraint.missing "required_article_title'),
  ])
  for (const { repair } of ailments) for (const statement of repair) await sql.unsafe(statement)
})

it('a lost table comes back with the rules of its columns, so that records can be made', async () => {
  const { sql } = product.database
  const counted = { title: '数', 'x-field': { type: 'rollup', from: 'leaf', by: 'branch', count: true } }
  const branch = { title: '枝', 'x-field': { type: 'lookup', entity: 'branch' } }
  const title = { title: '名', 'x-field': { type: 'text' } }
  await product.publish({
    'entity/branch': { title: '枝', type: 'object', properties: { title, counted } },
    'entity/leaf': { title: '叶', type: 'object', properties: { branch } },
  })
  await sql.unsafe('drop table app.branch cascade')
  const mend = async () => {
    for (const { repair } of (await diagnose(sql)).ailments) for (const statement of repair) await sql.unsafe(statement)
  }
  await mend()
  await sql.unsafe('alter table app.branch drop column version, drop column counted')
  await mend()
  const made = await product.request('POST', '/api/records/branch', { title: '一' })
  expect(made).toMatchObject({ status: 201, body: { version: 1, counted: 0, created_at: expect.any(String) } })
})

it('what a person has to decide has no statement to run', async () => {
  const { sql } = product.database
  await sql.unsafe('alter table app.author alter column name type varchar(80), add column stray text')
  await sql.unsafe('create table app.stray (id uuid)')
  const { ailments } = await diagnose(sql)
  expect(ailments).toMatchObject([
    { code: 'column.type', object: 'app."author"."name"', repair: [] },
    { code: 'column.unknown', repair: [] },
    { code: 'table.unknown', object: 'app."stray"', repair: [] },
  ])
  await sql.unsafe('alter table app.author alter column name type text, drop column stray')
  await sql.unsafe('drop table app.stray')
})
