// The operations under load: how a request is made, and what its answer must be before it is measured.

import { call, demand } from './call.mjs'
import { CITIES, customer, LEVELS, searchTerm } from './data.mjs'
import { query, searchTokens } from './seed.mjs'

/** A wrong answer: the operation is not measured. */
export class WrongAnswer extends Error {}

/**
 * Every operation: `request(target, facts, random)` makes one request, `check(targets, facts)` throws a WrongAnswer when
 * a side answers wrongly or the sides differ.
 */
export const operations = {
  get: {
    request: ({ ask }, { ids }, random) => ask.get(pick(ids, random)),
    check: async (targets, { ids }) => {
      const answers = await both(targets, ({ ask }) => ask.get(ids[7]))
      same(answers.map(({ read, body }) => comparable(read.record(body))))
    },
  },
  list: {
    request: ({ ask }, _facts, random) => ask.list(pick(LEVELS, random)),
    check: async (targets) => {
      const pages = await both(targets, ({ ask }) => ask.list('vip'))
      same(pages.map(({ read, body }) => read.page(body).items.map(({ id }) => id)))
      expect(
        pages.every(({ read, body }) => read.page(body).items.length === 50),
        'a page has 50 records',
      )
    },
  },
  list_deep: {
    request: ({ ask, name }, { cursors }, random) => {
      const { level, after } = pick(cursors[name], random)
      return ask.list(level, { after })
    },
    check: async (targets, { cursors }) => {
      const pages = await both(targets, ({ ask, name }) => ask.list('lead', { after: cursors[name][0].after }))
      same(pages.map(({ read, body }) => read.page(body).items.map(({ id }) => id)))
    },
  },
  search: {
    request: ({ ask }, { rows }, random) => ask.search(searchTerm(Math.floor(random() * rows), rows)),
    check: async (targets, { rows }) => {
      const term = searchTerm(11, rows)
      const found = await both(targets, ({ ask }) => ask.search(term))
      const starting = found.map(({ read, body }) =>
        read.page(body).items.flatMap(({ id, name }) => (name.startsWith(`Customer ${term}`) ? [id] : [])),
      )
      expect(starting[0].length > 0, 'the search finds the record it was made from')
      same(starting)
    },
  },
  aggregate: {
    request: ({ ask }) => ask.aggregate(),
    check: async (targets) => {
      const counts = await both(targets, ({ ask }) => ask.aggregate())
      same(counts.map(({ read, body }) => sorted(read.counts(body))))
    },
  },
  update: {
    request: ({ ask }, { ids }, random) => ask.update(pick(ids, random), someChange(random)),
    check: async (targets, { ids }) => {
      const change = { city: 'Rome', score: 12.5 }
      for (const target of targets) {
        await demand(target, target.ask.update(ids[3], change))
        const stored = target.ask.read.record((await demand(target, target.ask.get(ids[3]))).body)
        expect(stored.city === change.city && stored.score === change.score, 'an update is stored')
      }
    },
  },
  create: {
    request: ({ ask }, facts) => ask.create(customer(nextRow(facts))),
    check: async (targets, facts) => {
      const values = customer(nextRow(facts))
      const made = await both(targets, ({ ask }) => ask.create(values))
      same(made.map(({ read, body }) => ({ ...comparable(read.record(body)), id: undefined, owner_id: undefined })))
      await checkWritten(targets[1], made[1].body.id)
    },
  },
}

function someChange(random) {
  return { city: pick(CITIES, random), score: Math.floor(random() * 1000) / 10 }
}

function nextRow(facts) {
  facts.created += 1
  return facts.rows + facts.created
}

function pick(list, random) {
  return list[Math.floor(random() * list.length)]
}

async function both(targets, request) {
  const answers = []
  for (const target of targets) {
    const answer = await call(target, request(target))
    expect(answer.status < 300, `${target.name} answers ${answer.status}`)
    answers.push({ ...answer, read: target.ask.read })
  }
  return answers
}

/** The seed's search tokens must be the engine's own, and every write must have left its event. */
async function checkWritten({ databaseUrl }, id) {
  const [row] = await query(
    databaseUrl,
    `select strip(_search) = ${searchTokens} as "isFound",
       (select count(*) from heddle.event where record = t.id)::int as events
     from app.bench_customer t where id = '${id}'`,
  )
  expect(row.isFound, 'the seed and the engine make the same search tokens')
  expect(row.events === 1, 'a create writes its event')
}

/** A record as both sides can show it: values as text, without what only one side has. */
function comparable(record) {
  const { id, name, level, industry, phone, email, city, notes, annual_revenue, employees, score, owner_id } = record
  const numbers = [annual_revenue, employees, score].map(Number)
  return { id, name, level, industry, phone, email, city, notes, owner_id, numbers }
}

function sorted(object) {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
}

function same([ours, theirs]) {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)]
  if (a !== b) throw new WrongAnswer(`the sides differ: ${a.slice(0, 400)} and ${b.slice(0, 400)}`)
}

function expect(isTrue, claim) {
  if (!isTrue) throw new WrongAnswer(`not so: ${claim}`)
}
