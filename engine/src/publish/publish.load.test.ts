import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '@heddle/metadata'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { diagnose } from './doctor/diagnose.ts'

const rows = 100_000
const path = '/api/records/note'

let product: TestProduct
let ids: string[]

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({ 'entity/note': entity({}) })
  const { sql } = product.database
  await sql`
    insert into app.note (id, head, code, width, "left", "right", extra)
    select gen_random_uuid(), 'row ' || n, 'c' || n, n, 'l' || n, 'r' || n, 'e' || n
    from generate_series(1, ${rows}) n`
  await sql`analyze app.note`
  ids = (await sql<{ id: string }[]>`select id from app.note limit 1000`).map(({ id }) => id)
}, 120_000)
afterAll(() => product.stop())

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, 'x-field': { type: 'text', ...more } })

/** The one design that the publishes change piece by piece. */
interface Design {
  readonly added?: number
  readonly isHidden?: boolean
  readonly isSwapped?: boolean
  readonly width?: string
  readonly isUnique?: boolean
}

function entity({
  added = 0,
  isHidden = false,
  isSwapped = false,
  width = 'text',
  isUnique = false,
}: Design): JsonObject {
  const names = isSwapped ? { left: 'right', right: 'left' } : { left: 'left', right: 'right' }
  const more = Object.fromEntries(Array.from({ length: added }, (_, index) => [`added_${index}`, text(`新 ${index}`)]))
  return {
    title: '条目',
    type: 'object',
    required: ['head'],
    properties: {
      head: text('标题'),
      code: text('编号', isUnique ? { unique: true } : {}),
      width: { title: '宽', 'x-field': { type: width } },
      left: { ...text('左'), 'x-id': names.left },
      right: { ...text('右'), 'x-id': names.right },
      ...(isHidden ? {} : { extra: { ...text('另'), 'x-id': 'extra' } }),
      ...more,
    },
    'x-entity': { label: 'head' },
  }
}

/** 16 clients that read and write until told to stop; what else than the contract's answers they got. */
function startClients() {
  const state = { isStopping: false, answers: 0, slowest: 0, wrong: [] as unknown[] }
  const ask = async (...request: Parameters<TestProduct['request']>) => {
    const start = performance.now()
    const answer = await product.request(...request)
    state.slowest = Math.max(state.slowest, performance.now() - start)
    state.answers++
    if (![200, 201, 409, 412].includes(answer.status)) state.wrong.push({ request, ...answer })
    return answer
  }
  const anyId = () => ids[Math.floor(Math.random() * ids.length)] ?? ''
  const read = async (): Promise<void> => {
    await ask('GET', `${path}/${anyId()}`)
    await ask('GET', `${path}?limit=20&sort=-id`)
  }
  const write = async (): Promise<void> => {
    const code = `w${Math.random()}`
    await ask('POST', path, { head: 'written', code })
    const { headers } = await ask('GET', `${path}/${anyId()}`)
    const ifMatch = { headers: { 'if-match': headers.get('etag') ?? '*' } }
    await ask('PATCH', `${path}/${anyId()}`, { head: code }, ifMatch)
    await ask('PATCH', `${path}/${anyId()}`, { head: code }, { headers: { 'if-match': '*' } })
  }
  const client = async (act: () => Promise<void>): Promise<void> => {
    while (!state.isStopping) {
      await act()
      await sleep(10)
    }
  }
  const clients = Array.from({ length: 16 }, (_, index) => client(index % 2 === 0 ? read : write))
  return { state, stop: () => Promise.all([Promise.resolve().then(() => (state.isStopping = true)), ...clients]) }
}

it('100 publishes on 100,000 records under 16 readers and writers fail no request', async () => {
  const { state, stop } = startClients()
  let design: Design = {}
  const publish = async (change: Design): Promise<void> => {
    design = { ...design, ...change }
    await product.publish({ 'entity/note': entity(design) })
  }
  try {
    for (let round = 0; round < 20; round++) {
      const isOdd = round % 2 === 0
      await publish({ added: round + 1 })
      await publish({ isHidden: isOdd })
      await publish({ isSwapped: isOdd })
      await publish({ isUnique: isOdd })
      await product.jobs.idle()
      await publish({ width: isOdd ? 'integer' : 'number' })
      await product.jobs.idle()
    }
  } finally {
    await stop()
  }
  expect(state.wrong.slice(0, 3)).toEqual([])
  expect(state.answers).toBeGreaterThan(1_000)
  const { body } = await product.request('GET', '/api/metadata/jobs')
  const ended = (body.items as JsonObject[]).filter((job) => job.state !== 'done' && job.state !== 'cancelled')
  expect(ended).toEqual([])
  expect((await diagnose(product.database.sql)).ailments).toEqual([])
  const [kept] = await product.database.sql`
    select count(*)::int as rows from app.note where code = 'c' || substr("right", 2) and extra = 'e' || substr("left", 2)`
  expect(kept).toEqual({ rows })
  console.log(`${state.answers} answers, the slowest in ${Math.round(state.slowest)} ms`)
}, 300_000)
