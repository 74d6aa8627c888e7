// The opponent: how to start it and how to ask it.
import { fileURLToPath } from 'node:url'
import { demand, isAnswered, withBody } from './call.mjs'
import { freePort, startProcess } from './processes.mjs'

const program = fileURLToPath(new URL('baseline.mjs', import.meta.url))
const token = 'bench'

/** Starts the hand-written server on its database; ready with the first authenticated 200 that came from a table. */
export async function startBaseline(databaseUrl) {
  const port = await freePort()
  const target = {
    name: 'baseline',
    url: `http://127.0.0.1:${port}`,
    headers: { authorization: `Bearer ${token}` },
    databaseUrl,
    ask,
    addField,
  }
  const process = await startProcess([program], {
    env: { DATABASE_URL: databaseUrl, PORT: String(port), API_TOKEN: token },
    isReady: () => isAnswered(target, { path: '/customer?level=vip&limit=1' }),
  })
  return { ...target, process }
}

const ask = {
  get: (id) => ({ path: `/customer/${id}` }),
  list: (level, { limit = 50, after } = {}) => ({
    path: `/customer?level=${level}&limit=${limit}${after === undefined ? '' : `&after=${after}`}`,
  }),
  search: (term) => ({ path: `/customer/search?q=${term}` }),
  aggregate: () => ({ path: '/customer/aggregate' }),
  create: (values) => withBody('POST', '/customer', values),
  update: (id, values) => withBody('PATCH', `/customer/${id}`, values),
  batch: (rows) => [withBody('POST', '/customer/bulk', rows)],
  read: {
    record: (body) => body.data,
    page: (body) => ({ items: body.data, next: body.next }),
    counts: (body) => Object.fromEntries(body.data.map(({ level, count }) => [level, count])),
  },
}

async function addField(target, name) {
  await demand(target, withBody('POST', '/fields', { name }))
}
