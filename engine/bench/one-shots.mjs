// What is timed one by one: a batch of rows, a new field, a cold start.

import { startBaseline } from './baseline-target.mjs'
import { call, demand } from './call.mjs'
import { customer } from './data.mjs'
import { startHeddle } from './heddle-target.mjs'
import { summary } from './load.mjs'
import { WrongAnswer } from './operations.mjs'

const batchRows = 10_000

/** Rows per second of one batch of 10,000 rows. */
export function measureBatch(targets, { rounds }) {
  return measureEach(targets, rounds, async (target, round) => {
    const rows = Array.from({ length: batchRows }, (_, index) => customer(1_000_000 + round * batchRows + index))
    const requests = target.ask.batch(rows)
    const startedAt = performance.now()
    for (const request of requests) {
      const answer = await call(target, request)
      if (answer.status >= 300) throw new WrongAnswer(`${target.name} answers a batch with ${answer.status}`)
    }
    return batchRows / ((performance.now() - startedAt) / 1000)
  })
}

/** Milliseconds from the wish for a field to the first created record that has it. */
export function measureAddField(targets, { rounds, prefix }) {
  return measureEach(targets, rounds, async (target, round) => {
    const name = `${prefix}_${round}`
    const values = { ...customer(round), [name]: 'here' }
    const startedAt = performance.now()
    await target.addField(target, name)
    const { body } = await demand(target, target.ask.create(values))
    const elapsed = performance.now() - startedAt
    if (target.ask.read.record(body)[name] !== 'here') throw new WrongAnswer(`${target.name} does not return the field`)
    return elapsed
  })
}

async function measureEach(targets, rounds, measure) {
  const results = []
  for (let round = 0; round < rounds; round++) {
    const result = {}
    for (const target of targets) result[target.name] = await measure(target, round)
    results.push(result)
  }
  return summary(results)
}

/** Milliseconds from process start to the first authenticated 200, the product with its own PostgreSQL. */
export async function measureColdStart(baselineUrl, dataDir, { rounds }) {
  const env = { HEDDLE_DATA_DIR: dataDir, DATABASE_URL: '' }
  const first = await startHeddle(env)
  const key = first.headers.authorization.slice('Bearer '.length)
  await first.process.stop()
  const results = []
  for (let round = 0; round < rounds; round++) {
    const baseline = await startBaseline(baselineUrl)
    await baseline.process.stop()
    const heddle = await startHeddle(env, key)
    await heddle.process.stop()
    results.push({ baseline: baseline.process.startMs, heddle: heddle.process.startMs })
  }
  return summary(results)
}
