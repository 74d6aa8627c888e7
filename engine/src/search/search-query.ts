import { sql } from 'drizzle-orm'
import type { Condition } from '../storage/condition.ts'
import { splitScripts } from './tokens.ts'

const word = /[\p{L}\p{N}]+/gu
const ideograph = /\p{Script=Han}/u
const maximumTerms = 12

/**
 * The condition that a record holds all of the words: Latin words by prefix, Chinese by all pairs of neighbouring
 * characters.
 */
export function searchCondition(text: string, alias: string): Condition {
  return {
    shape: 'search',
    sql: sql`${sql.identifier(alias)}._search @@ ${sql.placeholder('search')}::tsquery`,
    values: { search: searchQuery(text) },
  }
}

/**
 * The same, where only the words of some fields count: those with one of the `seen` marks. The first condition is for
 * the index, the second looks at each record that it finds.
 */
export function searchConditionWithin(text: string, alias: string, seen: readonly number[]): Condition {
  const whole = searchCondition(text, alias)
  const marks = sql.raw(`array[${seen.join()}]::smallint[]`)
  const words = sql`select w.lexeme from unnest(${sql.identifier(alias)}._search) w where w.positions && ${marks}`
  return {
    shape: `search ${seen.join()}`,
    sql: sql`${whole.sql} and array_to_tsvector(array(${words})) @@ ${sql.placeholder('search')}::tsquery`,
    values: whole.values,
  }
}

/** The tsquery text of what a person typed; one that matches nothing when it holds no word. */
export function searchQuery(text: string): string {
  const runs = [...text.normalize('NFKC').toLowerCase().matchAll(word)].map(([run]) => run).slice(0, maximumTerms)
  const terms = runs.flatMap(splitScripts).flatMap(termsOf).slice(0, maximumTerms)
  return terms.length === 0 ? "'\u0001'" : terms.join(' & ')
}

function termsOf(part: string): string[] {
  if (!ideograph.test(part)) return [`'${part.slice(0, 60)}':*`]
  const characters = [...part]
  if (characters.length === 1) return [`'${part}'`]
  return characters.slice(1).map((character, index) => `'${characters[index]}${character}'`)
}
