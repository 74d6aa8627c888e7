// What prepared requests need to know of the seeded rows.
import { demand } from './call.mjs'
import { LEVELS } from './data.mjs'
import { query } from './seed.mjs'

const depth = 10_000
const pageSize = 200

/** Ids of seeded records, and cursors that stand about 10,000 records deep in each level's list. */
export async function gatherFacts(targets, rows) {
  const ids = await query(targets[0].databaseUrl, 'select id from customer order by md5(id::text) limit 5000')
  const cursors = {}
  for (const target of targets) cursors[target.name] = await deepCursors(target, Math.min(depth, rows / 10))
  return { rows, created: 0, ids: ids.map(({ id }) => id), cursors }
}

async function deepCursors(target, wanted) {
  const cursors = []
  for (const level of LEVELS) {
    let after
    for (let passed = 0; passed < wanted; passed += pageSize) {
      const { body } = await demand(target, target.ask.list(level, { limit: pageSize, after }))
      after = target.ask.read.page(body).next
      if (passed >= wanted - 5 * pageSize) cursors.push({ level, after })
    }
  }
  return cursors
}
