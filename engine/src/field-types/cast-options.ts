import type { Field, JsonObject } from '@heddle/metadata'
import type { Cast } from './cast.ts'
import { jsonLiteral, textLiteral, textsLiteral } from './sql-text.ts'

/** What stands between the entries of a list in one text. */
const mark = '[,，、;；|\\n]'

/** An option of the old field that the new one has, too. */
export const optionToOption: Cast = (column, { to }) =>
  `case when ${column} = any (${textsLiteral(to.options)}) then ${column} end`

/** Text that is the key or the title of an option. */
export const textToOption: Cast = (column, { to }) => keyOf(column, to)

/** A whole number that is the key of an option. */
export const numberToOption: Cast = (column, { to }) => keyOf(`trim_scale(${column}::numeric)::text`, to)

/** The one entry of a list. */
export const listToOption: Cast = (column, { to }) =>
  `case when cardinality(${column}) = 1 then ${keyOf(`${column}[1]`, to)} end`

/** A list of the one option. */
export const optionToList: Cast = (column, { to }) =>
  `case when ${column} = any (${textsLiteral(to.options)}) then array[${column}] end`

/** A list of words or keys, all of them options. */
export const listToList: Cast = (column, { to }) => keysOf(column, to)

/** Text that lists options. */
export const textToList: Cast = (column, { to }) => keysOf(split(column), to)

/** The titles of options as words. */
export const listToWords: Cast = (column, { from }) => wordsOf(column, from)

/** The title of one option as a word. */
export const optionToWords: Cast = (column, { from }) =>
  `case when ${column} is not null then array[coalesce(${optionTitlesJson(from)} ->> ${column}, ${column})] end`

/** Text as words. */
export const textToWords: Cast = (column, { from }) => wordsOf(split(column), from)

/** Titles by key, as a SQL literal. */
export function optionTitlesJson({ choices }: Field): string {
  return jsonLiteral(Object.fromEntries([...choices].map(([key, { title }]) => [key, title])))
}

/** Keys by what people may have written, lower case; a title of several options names none. */
function keysByName({ choices }: Field): string {
  const keys: JsonObject = {}
  const titles = [...choices.values()].map(({ title }) => title.toLowerCase())
  for (const [key, { title }] of choices) {
    const name = title.toLowerCase()
    if (titles.indexOf(name) === titles.lastIndexOf(name)) keys[name] = key
  }
  for (const key of choices.keys()) keys[key.toLowerCase()] = key
  return jsonLiteral(keys)
}

function keyOf(text: string, to: Field): string {
  return `${keysByName(to)} ->> lower(btrim(${text}))`
}

/** The keys of all entries in the options' order, null when one is no option. */
function keysOf(list: string, to: Field): string {
  return `(select array_agg(key order by array_position(${textsLiteral(to.options)}, key))
    from (select distinct ${keyOf('entry', to)} as key from unnest(${list}) as entries (entry)) keys
    having bool_and(key is not null))`
}

/** The words of all entries, each once, in their order; null when a field cannot hold them. */
function wordsOf(list: string, from: Field): string {
  return `(select array_agg(word order by place)
    from (select coalesce(${optionTitlesJson(from)} ->> entry, entry) as word, min(place) as place
      from unnest(${list}) with ordinality as entries (entry, place) where entry <> '' group by 1) words
    having count(*) <= 50 and bool_and(char_length(word) <= 60 and word !~ ${textLiteral(mark)}))`
}

function split(column: string): string {
  return `regexp_split_to_array(btrim(${column}), ${textLiteral(`\\s*${mark}+\\s*`)})`
}
