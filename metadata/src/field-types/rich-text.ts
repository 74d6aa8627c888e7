import { cleanText, normaliseText } from './clean-text.ts'
import { defineFieldType, plainText, readAs, type ValueFault } from './define-field-type.ts'
import { textOperators } from './operators.ts'

/**
 * Formatted text as HTML of a few tags without attributes, links to http, https and mailto excepted; any other `<` is
 * refused, so what is stored can be shown as it is.
 */
export const richText = defineFieldType({
  settings: {},
  value: ({ source }) => ({ type: 'string', maxLength: source.maxLength ?? 100_000 }),
  keywords: ['maxLength'],
  normalise: (value) => normaliseText(value, cleanText),
  check: (value) => (typeof value === 'string' ? markupFaults(value) : []),
  feel: 'text',
  operators: textOperators,
  toText: (value) => textOfMarkup(plainText(value)),
  fromText: (written) => readAs(markupOfText(cleanText(written))),
})

const tag =
  /<\/?(?:p|br|strong|b|em|i|u|s|h[1-4]|ul|ol|li|blockquote|pre|code)\s*\/?>|<a href="(?:https?:\/\/|mailto:)[^"<>\s]*">|<\/a>/g

function markupFaults(markup: string): ValueFault[] {
  const rest = /<[^>]{0,40}>?/.exec(markup.replace(tag, ''))
  if (rest === null) return []
  const message = `“${rest[0]}” is not allowed; use paragraphs, lists, headings, bold, italic and links.`
  return [{ path: '', code: 'value.markup', message }]
}

const entities: readonly (readonly [entity: string, character: string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
]

function textOfMarkup(markup: string): string {
  const text = markup.replace(/<br\s*\/?>|<\/(?:p|h[1-4]|li|blockquote|pre)>/g, '\n').replace(tag, '')
  return entities.reduce((result, [entity, character]) => result.replaceAll(entity, character), text).trim()
}

function markupOfText(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return escaped
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')
}
