import type { Json } from '../json.ts'

/** Full-width ASCII (`２０２５／１`, as Chinese input methods type it) as plain ASCII. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

const cleanAscii = /^[!-~](?:[ -~]*[!-~])?$/

/** Text as it is stored: composed characters, `\n` line ends, trimmed, without what PostgreSQL cannot hold. */
export function cleanText(text: string): string {
  if (cleanAscii.test(text)) return text
  return withoutUnstorable(text).replace(/\r\n?/g, '\n').normalize('NFC').trim()
}

/** One line of {@link cleanText}: line breaks and tabs become spaces. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/[\n\t\v\f\u2028\u2029]+/g, ' ')
}

/** A text value cleaned by `clean`, null when nothing is left; anything else as it is. */
export function normaliseText(value: Json, clean: (text: string) => string): Json {
  return typeof value === 'string' ? clean(value) || null : value
}

/** Whether PostgreSQL would refuse the text: a NUL character or half a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return withoutUnstorable(text) !== text
}

function withoutUnstorable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
}
