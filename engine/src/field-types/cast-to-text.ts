import type { Field } from '@heddle/metadata'
import type { Cast } from './cast.ts'
import { optionTitlesJson } from './cast-options.ts'
import { textLiteral } from './sql-text.ts'

/** Text of another kind; a value longer than the field takes is impossible. */
export const fromText: Cast = (column, { to }) => limited(`btrim(${column})`, to)

/** Several lines as one. */
export const fromLines: Cast = (column, { to }) => limited(oneLine(`btrim(${column})`), to)

/** The digits of a number, without zeros that say nothing. */
export const fromNumber: Cast = (column, { to }) => limited(`trim_scale(${column}::numeric)::text`, to)

/** 是 or 否. */
export const fromBoolean: Cast = (column) => `case ${column} when true then '是' when false then '否' end`

/** ISO 8601. */
export const fromDate: Cast = (column, { to }) => limited(`to_char(${column}, 'YYYY-MM-DD')`, to)

/** What a clock in the company shows. */
export const fromDatetime: Cast = (column, { to, timeZone }) =>
  limited(withoutSeconds(`to_char(${column} at time zone ${textLiteral(timeZone)}, 'YYYY-MM-DD HH24:MI:SS')`), to)

/** `hh:mm`, with seconds when there are some. */
export const fromTime: Cast = (column, { to }) => limited(withoutSeconds(`${column}::text`), to)

/** The title of the option. */
export const fromOption: Cast = (column, { from, to }) =>
  limited(`coalesce(${optionTitlesJson(from)} ->> ${column}, ${column})`, to)

/** The titles of the options, or the words. */
export const fromTexts: Cast = (column, { from, to }) =>
  limited(
    `(select string_agg(coalesce(${optionTitlesJson(from)} ->> entry, entry), ', ' order by place) from unnest(${column}) with ordinality as entries (entry, place))`,
    to,
  )

/** The text between the tags, a line for each paragraph. */
export const fromMarkup: Cast = (column, { to }) => limited(textOfMarkup(column), to)

/** The text between the tags as one line. */
export const fromMarkupLine: Cast = (column, { to }) => limited(oneLine(textOfMarkup(column)), to)

/** A paragraph for each line. */
export const toMarkup: Cast = (column, { to }) => {
  const escaped = `replace(replace(replace(${column}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')`
  return limited(`'<p>' || replace(${escaped}, chr(10), '</p><p>') || '</p>'`, to)
}

/** Text that looks like an e-mail address. */
export const toEmail: Cast = (column, { to }) =>
  matching(limited(`lower(btrim(${column}))`, to), '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$')

/** Text that looks like a web address. */
export const toUrl: Cast = (column, { to }) => matching(limited(`btrim(${column})`, to), '^https?://[!-~]+$')

/** Text that looks like a telephone number. */
export const toPhone: Cast = (column, { to }) =>
  matching(
    limited(`lower(regexp_replace(${column}, '\\s', '', 'g'))`, to),
    '^\\+?[0-9(][0-9()./-]{2,28}((转|x|ext\\.?|#)[0-9]{1,6})?$',
  )

const entities: readonly (readonly [entity: string, character: string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
]

function textOfMarkup(column: string): string {
  const broken = `regexp_replace(${column}, '<br\\s*/?>|</(p|h[1-4]|li|blockquote|pre)>', chr(10), 'g')`
  const bare = `regexp_replace(${broken}, '<[^>]*>', '', 'g')`
  const unescaped = entities.reduce(
    (text, [entity, character]) => `replace(${text}, '${entity}', '${character}')`,
    bare,
  )
  return `btrim(${unescaped}, ' ' || chr(10))`
}

function oneLine(text: string): string {
  return `regexp_replace(${text}, '[\\n\\r\\t]+', ' ', 'g')`
}

function withoutSeconds(text: string): string {
  return `regexp_replace(${text}, '(:\\d\\d):00$', '\\1')`
}

/** Null for blank text, and for more characters than the field takes. */
function limited(text: string, to: Field): string {
  const longest = Number(to.value.maxLength)
  return `(select case when char_length(v) between 1 and ${longest} then v end from (select ${text} as v) t)`
}

function matching(text: string, pattern: string): string {
  return `(select case when v ~ '${pattern}' then v end from (select ${text} as v) t)`
}
