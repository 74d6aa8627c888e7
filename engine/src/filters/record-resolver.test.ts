import { type Clock, checkExpression, type Entity, fieldScope } from '@heddle/metadata'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderStatement, runRows } from '../storage/statement.ts'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { compileSql } from './compile-sql.ts'
import { clockLiterals } from './fixtures/clock-literals.ts'
import { compileField, recordResolver } from './record-resolver.ts'
import { tableOf } from './record-tables.ts'
import { clockPlaceholders, clockValues } from './sql-clock.ts'

const clock: Clock = { now: new Date('2024-03-31T17:30:00Z'), timeZone: 'Asia/Shanghai' }
let product: TestProduct
let project: Entity

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(catalogue)
  const add = async (entity: string, body: object) => {
    const { body: record } = await product.request('POST', `/api/records/${entity}`, body)
    return String(record.id)
  }
  const region = await add('region', { name: '华东', factor: 1.125 })
  const area = await add('area', { name: '滨州', region })
  const parent = await add('project', { name: '上级', amount: 3, area })
  const notes = [
    { text: 'a', pages: 3, area },
    { text: 'b', pages: 4 },
  ]
  await add('project', {
    name: 'Loom',
    stage: 'done',
    amount: 10.55,
    starts_on: '2024-03-01',
    labels: ['x', 'y'],
    area,
    parent,
    size: { width: 2.5, kind: 'large', made: '2024-01-31', marks: ['m'] },
    notes,
  })
  const entity = product.live.release.entity('project')
  if (entity === undefined) throw new Error('The catalogue has projects.')
  project = entity
})
afterAll(() => product.stop())

const place = () => ({ release: product.live.release, clock: clockLiterals(clock), entity: project, alias: 't' })

async function answerOf(value: ReturnType<typeof sql>, values: Readonly<Record<string, unknown>> = {}) {
  const query = sql`select json_build_array(${value})::text as value from ${tableOf(project, 't')} where t.name = 'Loom'`
  const [row] = await runRows<{ value: string }>(product.database.sql, renderStatement(query), values)
  const [only]: unknown[] = JSON.parse(row?.value ?? '[]')
  return only
}

describe('an expression on records finds', () => {
  it.each<[string, unknown]>([
    ['name', 'Loom'],
    ['version', 1],
    ['size.width + 1', 3.5],
    ['size.kind = "large"', true],
    ['size.made + duration("P1M")', '2024-02-29'],
    ['list contains(size.marks, "m")', true],
    ['area.name', '滨州'],
    ['area.region.name', '华东'],
    ['parent.area.name', '滨州'],
    ['parent.area.full_name', '滨州/华东'],
    ['parent.weighed', 3.38],
    ['parent.parent.name', null],
    ['sum(notes.pages)', 7],
    ['count(notes[pages > 3])', 1],
    ['notes.text', ['a', 'b']],
    ['count(notes[area.name = "滨州"])', 1],
    ['max(notes.share)', 0.3791],
    ['doubled', 21.1],
    ['third > 7', true],
    ['pages', 7],
    ['list contains(labels, "y")', true],
    ['place = null', true],
  ])('%s is %j', async (text, expected) => {
    const checked = checkExpression(text, fieldScope(product.live.release, project))
    if (!checked.ok) throw new Error(checked.findings.map(({ message }) => message).join(' '))
    const { clock: literals } = place()
    expect(await answerOf(compileSql(checked.expression, recordResolver(place()), literals))).toEqual(expected)
  })
})

describe('a formula field is', () => {
  it.each<[string, unknown]>([
    ['doubled', 21.1],
    ['third', 7.033],
    ['weighed', 11.87],
    ['pages', 7],
    ['is_old', false],
    ['ends_on', '2024-03-31'],
    ['age', 'P31D'],
    ['heading', 'LOOM'],
  ])('%s: %j', async (name, expected) => {
    const field = project.fields.get(name)
    if (field === undefined) throw new Error(`There is no field ${name}.`)
    expect(await answerOf(compileField(place(), field))).toEqual(expected)
    const kept = compileField({ ...place(), clock: clockPlaceholders }, field)
    expect(await answerOf(kept, clockValues(clock))).toEqual(expected)
  })

  it.each<[string, string, unknown]>([
    ['age', 'duration("-P1DT1H30M")', '-P1DT1H30M'],
    ['age', 'duration("PT36H")', 'P1DT12H'],
    ['age', 'duration("P14M")', 'P1Y2M'],
    ['age', 'duration("PT0S")', 'PT0S'],
    ['age', 'today() - parent.starts_on', null],
    ['doubled', 'parent.doubled', null],
  ])('%s as “%s”: %j', async (name, expression, expected) => {
    const field = project.fields.get(name)
    if (field === undefined) throw new Error(`There is no field ${name}.`)
    const changed = { ...field, settings: { ...field.settings, expression } }
    const entity = { ...project, fields: new Map([...project.fields, [name, changed]]) }
    const { release } = product.live
    const changedRelease = {
      ...release,
      entity: (wanted: string) => (wanted === 'project' ? entity : release.entity(wanted)),
    }
    expect(await answerOf(compileField({ ...place(), release: changedRelease, entity }, changed))).toEqual(expected)
  })
})
