// npm run bench [-- --quick] [-- --check] [-- --write] [-- --only get,list]: Heddle beside a table written by hand.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../bin/build.mjs'
import { startBaseline } from './baseline-target.mjs'
import { startDatabase } from './database.mjs'
import { benchCustomer } from './definitions.mjs'
import { gatherFacts } from './facts.mjs'
import { publish, startHeddle } from './heddle-target.mjs'
import { measureRounds } from './load.mjs'
import { measureAddField, measureBatch, measureColdStart } from './one-shots.mjs'
import { operations, WrongAnswer } from './operations.mjs'
import { peakMemory, resetPeakMemory, stopProcesses } from './processes.mjs'
import { missedGoals, renderTable, writeReadmes } from './report.mjs'
import { query, seedBaseline, seedHeddle } from './seed.mjs'
import { measurePublishDelay, publishWide } from './wide.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string' },
    rows: { type: 'string', default: '100000' },
  },
})
const chosen = options.only?.split(',')
const timing = options.quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 3 }
const results = []

await build({ quiet: true })
const folder = mkdtempSync(join(tmpdir(), 'heddle-bench-'))
// PostgreSQL runs as another user when the bench runs as root.
chmodSync(folder, 0o711)
let database
let postgresVersion
process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)))
process.once('SIGTERM', () => void cleanUp().then(() => process.exit(143)))
try {
  await run()
} finally {
  await cleanUp()
}
console.log(`\n${renderTable(results)}`)
if (options.write) writeReadmes(results, aboutRun())
if (options.check) {
  const missed = missedGoals(results)
  for (const sentence of missed) console.error(sentence)
  process.exitCode = missed.length > 0 ? 1 : 0
}

function aboutRun() {
  const day = new Date().toISOString().slice(0, 10)
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()})`
  const extent = `${options.rows} rows, median of ${timing.rounds} rounds of ${timing.seconds} s`
  return `${day}, Node ${process.versions.node}, PostgreSQL ${postgresVersion}, ${machine}; ${extent}.`
}

async function cleanUp() {
  await stopProcesses()
  await database?.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function run() {
  database = await startDatabase(join(folder, 'shared'))
  const rows = Number(options.rows)
  const baselineUrl = await database.databaseUrl('bench_baseline')
  await seedBaseline(baselineUrl, rows)
  const baseline = await startBaseline(baselineUrl)
  const heddle = await prepareHeddle(await database.databaseUrl('bench_heddle'), rows)
  const targets = [baseline, heddle]
  const facts = await gatherFacts(targets, rows)
  postgresVersion = (await query(baselineUrl, 'show server_version'))[0].server_version

  for (const target of targets) resetPeakMemory(target.process.pid)
  for (const name of Object.keys(operations)) await measureOperation(name, name, targets, facts)
  await record({ name: 'batch', unit: 'rows/s' }, () => measureBatch(targets, timing))
  await record({ name: 'peak_rss', unit: 'MB' }, () => comparePeaks(targets))
  await record({ name: 'add_field', unit: 'ms' }, () => measureAddField(targets, { ...timing, prefix: 'added' }))
  await record({ name: 'cold_start', unit: 'ms' }, () => measureColdStart(baselineUrl, join(folder, 'cold'), timing))
  await measureWide(targets, facts)
}

async function prepareHeddle(databaseUrl, rows) {
  const env = {
    DATABASE_URL: databaseUrl,
    HEDDLE_SECRET_KEY: 'the bench signs no sessions, but this must be long',
    HEDDLE_DATA_DIR: join(folder, 'heddle'),
  }
  const heddle = { ...(await startHeddle(env)), databaseUrl }
  await publish(heddle, [{ name: 'bench_customer', body: benchCustomer }])
  await seedHeddle(databaseUrl, rows)
  return heddle
}

async function measureOperation(label, name, targets, facts) {
  for (const connections of [1, 16]) {
    await record({ name: label, connections, unit: 'requests/s' }, async () => {
      await operations[name].check(targets, facts)
      return measureRounds(targets, operations[name], { facts, connections, ...timing })
    })
  }
}

async function measureWide(targets, facts) {
  const wide = ['wide_get', 'wide_list', 'wide_create', 'wide_add_field', 'wide_publish_delay']
  if (!wide.some(isChosen)) return
  const [, heddle] = targets
  const startedAt = performance.now()
  await publishWide(heddle)
  console.log(`300 entities of 40 fields published in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  for (const name of ['get', 'list', 'create']) {
    const alone = results.find((result) => result.name === name && result.connections === 16)
    await record({ name: `wide_${name}`, connections: 16, unit: 'requests/s' }, async () => {
      const { ratio, ...rates } = await measureRounds(targets, operations[name], { facts, connections: 16, ...timing })
      return { ...rates, ratio: ratio / (alone?.ratio ?? ratio) }
    })
  }
  await record({ name: 'wide_add_field', unit: 'ms' }, () =>
    measureAddField(targets, { ...timing, prefix: 'wide_added' }),
  )
  await record({ name: 'wide_publish_delay', unit: 'ms' }, () =>
    measurePublishDelay(heddle, facts, { ...timing, prefix: 'delayed' }),
  )
}

/** Measures one line of the table; a wrong answer is told instead of measured. */
async function record(line, measure) {
  if (!isChosen(line.name)) return
  try {
    results.push({ ...line, ...(await measure()) })
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error
    results.push({ ...line, missing: error.message })
  }
  console.log(renderTable(results.slice(-1)).split('\n').at(-1))
}

function isChosen(name) {
  return chosen === undefined || chosen.includes(name)
}

function comparePeaks(targets) {
  const [baseline, heddle] = targets.map((target) => peakMemory(target.process.pid))
  if (baseline === undefined || heddle === undefined) throw new WrongAnswer('only Linux tells a peak')
  return { baseline, heddle, ratio: heddle / baseline }
}
