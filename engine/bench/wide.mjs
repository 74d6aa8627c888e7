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
 * How much slower than their median without it the slowest of others' requests is while a field is published; both in
 * milliseconds.
 */
export async function measurePublishDelay(heddle, facts, { rounds, prefix }) {
  const samples = []
  const load = startLoad(heddle, facts, samples)
  await pause(quietMs)
  const usual = median(samples.map(({ took }) => took))
  const slowest = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    await heddle.addField(heddle, `${prefix}_${round}`)
    const until = performance.now()
    await pause(quietMs / 4)
    const during = samples.filter(({ at, took }) => at >= from && at - took <= until)
    slowest.push(Math.max(...during.map(({ took }) => took)))
  }
  load.stop()
  await load
  const worst = median(slowest)
  return { baseline: usual, heddle: worst, ratio: worst / usual }
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
