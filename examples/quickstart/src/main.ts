import { connect } from './connect.ts'

const heddle = connect(process.env.HEDDLE_URL ?? 'http://127.0.0.1:3000', process.env.HEDDLE_API_KEY ?? '')

const created = await heddle.create('account', {
  name: `Quickstart ${new Date().toISOString()}`,
  classification: 'potential',
  source: 'website',
})
console.log(`Created “${created.name}”: ${created.cooperation}, version ${created.version}.`)

const { items } = await heddle.list('account', {
  where: 'classification = "potential" and source = "website"',
  sort: '-created_at',
  limit: '5',
})
console.log(`The newest of ${items.length} is “${items[0]?.name}”.`)

const changed = await heddle.patch('account', created, { cooperation: 'trial' })
console.log(`Now it is ${changed.cooperation}, version ${changed.version}.`)
