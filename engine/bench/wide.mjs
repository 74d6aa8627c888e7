// The same measurements beside 300 entities of 40 fields.
import autocannon from 'autocannon'
import { rng } from './data.mjs'
import { wideEntities } from './definitions.mjs'
import { publish } from './heddle-target.mjs'
import { median } from './load.mjs'
import { operations } from './operations.mjs'

const entityCount = 300
const fieldCount = 40

/** Publishes 300 entities of 40 fields. */
export async function publishWide(heddle) {
  await publish(heddle, wideEntities(entityCount, fieldCount))
}

const quietMs = 2000

/**
 * The slowest of others' requests while a field is published beside their median while none is, in milliseconds. On a
 * busy machine single requests are slow without a publish too; the slowest of those is told, for comparison.
 */
export async function measurePublishDelay(heddle, facts, { rounds, prefix }) {
  const samples = []
  const load = startLoad(heddle, facts, samples)
  await pause(quietMs)
  const usual = median(samples.map(({ took }) => took))
  const slowest = []
  const slowestWithout = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    await heddle.addField(heddle, `${prefix}_${round}`)
    const until = performance.now()
    await pause(quietMs / 4)
    slowest.push(slowestOf(samples, from, until))
    slowestWithout.push(slowestOf(samples, from - (until - from), from))
  }
  load.stop()
  await load
  const worst = median(slowest)
  console.log(
    `slowest request during a publish ${worst.toFixed(1)} ms, as long without ${median(slowestWithout).toFixed(1)} ms`,
  )
  return { baseline: usual, heddle: worst, ratio: worst / usual }
}

/** The longest time taken of requests under way in a span. */
function slowestOf(samples, from, until) {
  const during = samples.filter(({ at, took }) => at >= from && at - took <= until)
  return Math.max(...during.map(({ took }) => took))
}

function startLoad(heddle, facts, samples) {
  const random = rng(5)
  const load = autocannon({
    url: heddle.url,
    connections: 16,
    duration: 600,
    headers: heddle.headers,
    setupClient: (client) => {
      const requests = Array.from({ length: 200 }, () => operations.list.request(heddle, facts, random))
      client.setRequests(requests.map((request) => ({ method: 'GET', ...request, headers: heddle.headers })))
    },
  })
  load.on('response', (_client, _status, _bytes, took) => samples.push({ at: performance.now(), took }))
  return load
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
