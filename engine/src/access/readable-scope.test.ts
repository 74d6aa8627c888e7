import { checkExpression } from '@heddle/metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../testing/catalogue.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { type Actor, systemActor } from './actor.ts'
import { readableScope } from './readable-scope.ts'

let product: TestProduct
const read = { verbs: { read: 'all' } }
const roles = {
  'role/guest': {
    title: '访客',
    entities: {
      project: { ...read, fields: { amount: 'none', parent: 'masked' } },
      area: { ...read, fields: { name: 'none' } },
    },
  },
  'role/reader': { title: '读者', entities: { '*': read, region: { ...read, fields: { secret: 'none' } } } },
}

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ ...catalogue, ...roles })
})
afterAll(() => product.stop())

function findings(text: string, role: string): readonly string[] {
  const { release } = product.live
  const entity = release.entity('project')
  if (entity === undefined) throw new Error('The catalogue has projects.')
  const actor: Actor = { ...systemActor, kind: 'user', roles: [role] }
  const result = checkExpression(text, readableScope({ release, actor }, entity))
  return result.ok ? [] : result.findings.map(({ message }) => message)
}

describe('a reader’s own expressions', () => {
  it.each([
    ['guest', 'name'],
    ['guest', 'area = user.id'],
    ['guest', 'area.full_name'],
    ['guest', 'size.width'],
    ['guest', 'owner_id = user.id'],
    ['reader', 'amount + sum(notes.pages)'],
    ['reader', 'area.region.name'],
  ])('of a %s may say %s', (role, text) => {
    expect(findings(text, role)).toEqual([])
  })

  it.each([
    ['guest', 'amount', '“amount”'],
    ['guest', 'parent.name', '“parent”'],
    ['guest', 'area.name', '“name” in “area”'],
    ['guest', 'sum(notes.pages)', '“notes”'],
    ['guest', 'area.region.name', '“name” in “area.region”'],
    ['guest', 'old.name', '“old”'],
    ['reader', 'area.region.secret', '“secret” in “area.region”'],
    ['reader', 'area.region.secrat', '“secrat” in “area.region”'],
  ])('of a %s know no name behind %s that is denied', (role, text, name) => {
    const [message = ''] = findings(text, role)
    expect(message).toContain(`There is no field ${name}`)
    expect(message.split('did you mean')[1] ?? '').not.toMatch(/amount|parent|secret/)
  })
})
