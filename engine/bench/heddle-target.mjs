// The product: how to start it, publish in it and ask it.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { demand, isAnswered, withBody } from './call.mjs'
import { freePort, startProcess } from './processes.mjs'

const program = fileURLToPath(new URL('../bin/heddle.mjs', import.meta.url))
const records = '/api/records/bench_customer'

/** Starts the product as shipped; `env` says where its data is, `key` is an API key when there is one already. */
export async function startHeddle(env, key) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const answers = { name: 'heddle', url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } }
  const process = await startProcess([program, 'start'], {
    env: { ...env, PORT: String(port) },
    isReady: () => isAnswered(answers, { path: key === undefined ? '/readyz' : '/api/me' }),
  })
  return { ...answers, headers: { authorization: `Bearer ${key ?? (await createKey(env))}` }, process, ask, addField }
}

async function createKey(env) {
  const parameters = [program, 'api-key', 'create', '--role', 'admin', '--name', 'bench', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env: { ...process.env, ...env } })
  return JSON.parse(stdout).key
}

const ask = {
  get: (id) => ({ path: `${records}/${id}` }),
  list: (level, { limit = 50, after } = {}) => ({
    path: `${records}?level=${level}&sort=-created_at&limit=${limit}${after === undefined ? '' : `&after=${after}`}`,
  }),
  search: (term) => ({ path: `${records}?search=${term}&sort=-created_at&limit=50` }),
  aggregate: () => withBody('POST', `${records}/aggregate`, { groupBy: ['level'], measures: [{ count: true }] }),
  create: (values) => withBody('POST', records, storedValues(values)),
  update: (id, values) => withBody('PATCH', `${records}/${id}`, values, { 'if-match': '*' }),
  batch: (rows) =>
    Array.from({ length: Math.ceil(rows.length / 1000) }, (_, index) => {
      const part = rows.slice(index * 1000, (index + 1) * 1000)
      const operations = part.map((row) => ({ op: 'create', data: storedValues(row) }))
      return withBody('POST', `${records}/batch`, { mode: 'all', operations })
    }),
  read: {
    record: (body) => body,
    page: (body) => ({ items: body.items, next: body.next }),
    counts: (body) => Object.fromEntries(body.items.map(({ group, count }) => [group.level, count])),
  },
}

/** Owners are people of the installation; the opponent's are nobody that there is. */
function storedValues({ tags, is_active, owner_id: _nobody, ...values }) {
  return { ...values, tags: String(tags), is_active: String(is_active) }
}

async function addField(target, name) {
  const { body } = (await demand(target, { path: '/api/metadata/entity/bench_customer' })).body
  const properties = { ...body.properties, [name]: { 'x-field': { type: 'text' } } }
  await publish(target, [{ name: 'bench_customer', body: { ...body, properties } }])
}

/** Drafts the entities, plans and publishes them. */
export async function publish(target, entities) {
  for (const { name, body } of entities) {
    await demand(target, withBody('PUT', `/api/metadata/draft/entity/${name}`, { body }))
  }
  const plan = (await demand(target, { method: 'POST', path: '/api/metadata/plan' })).body
  const errors = plan.findings.filter((finding) => finding.severity === 'error')
  if (errors.length > 0) throw new Error(`The plan has findings: ${JSON.stringify(errors.slice(0, 5))}`)
  await demand(target, withBody('POST', '/api/metadata/publish', { planHash: plan.planHash, accept: ['guarded'] }))
}
