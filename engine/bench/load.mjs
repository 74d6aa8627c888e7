// Closed-loop load with autocannon, round by round.
import autocannon from 'autocannon'
import { rng } from './data.mjs'

const requestsPerConnection = 200

/** Requests per second of one target at one operation for `seconds`; fails when any answer is not a success. */
async function measureLoad(target, operation, options) {
  const { result, failed } = await runLoad(target, operation, options)
  if (failed > 0) throw new Error(`${target.name}: ${failed} of ${result.requests.total} requests failed`)
  return result.requests.total / result.duration
}

async function runLoad(target, operation, { facts, connections, seconds, seed }) {
  let connection = 0
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    headers: target.headers,
    setupClient: (client) => {
      connection += 1
      const random = rng(seed * 1000 + connection)
      const requests = Array.from({ length: requestsPerConnection }, () => prepared(target, operation, facts, random))
      client.setRequests(requests)
    },
  })
  return { result, failed: result.non2xx + result.errors + result.timeouts }
}

function prepared(target, operation, facts, random) {
  const request = operation.request(target, facts, random)
  return { method: 'GET', ...request, headers: { ...target.headers, ...request.headers } }
}

/**
 * Interleaved rounds of both targets after a warm-up; each target's median rate and the median of the rounds' ratios
 * second / first.
 */
export async function measureRounds(targets, operation, { facts, connections, rounds, seconds }) {
  // The baseline's prepared `select *` fails once per connection after a new column, so failures do not count here.
  for (const target of targets) await runLoad(target, operation, { facts, connections, seconds: 1, seed: 99 })
  const rates = []
  for (let round = 0; round < rounds; round++) {
    const rate = {}
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      rate[target.name] = await measureLoad(target, operation, { facts, connections, seconds, seed: round })
    }
    rates.push(rate)
  }
  return summary(rates)
}

/** Medians of rounds of `{baseline, heddle}`. */
export function summary(rounds) {
  return {
    baseline: median(rounds.map(({ baseline }) => baseline)),
    heddle: median(rounds.map(({ heddle }) => heddle)),
    ratio: median(rounds.map(({ baseline, heddle }) => heddle / baseline)),
  }
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values) {
  const ordered = values.toSorted((a, b) => a - b)
  const middle = ordered.length / 2
  if (ordered.length % 2 === 1) return ordered[Math.floor(middle)]
  return (ordered[middle - 1] + ordered[middle]) / 2
}
