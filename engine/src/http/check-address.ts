import { addressTooLong, badParameter } from '../errors.ts'

const mostCharacters = 8_000
const mostParameters = 100

/**
 * Refuses an address that is too long, has too many parameters or whose percent-encoding is no UTF-8 text, which would
 * otherwise be read as other characters.
 * @throws Fault 400 naming the parameter, 414
 */
export function checkAddress(url: string): void {
  if (url.length > mostCharacters) throw addressTooLong(mostCharacters)
  const mark = url.indexOf('?')
  if (mark >= 0) checkCount(url, mark)
  if (url.includes('%')) checkEncoding(url)
}

function checkCount(url: string, mark: number): void {
  let count = 0
  for (let at = mark; at >= 0; at = url.indexOf('&', at + 1)) count++
  if (count > mostParameters) throw badParameter('', `An address takes at most ${mostParameters} parameters.`)
}

function checkEncoding(url: string): void {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''
  if (!isText(url.slice(0, url.length - query.length)))
    throw badParameter('', 'The path holds no UTF-8 text; encode it as UTF-8, without NUL.')
  for (const pair of query.split('&')) {
    const [name = ''] = pair.split('=', 1)
    if (isText(pair)) continue
    const shown = isText(name) ? decodeURIComponent(name) : ''
    throw badParameter(shown, `“${shown}” holds no UTF-8 text; encode it as UTF-8, without NUL.`)
  }
}

function isText(encoded: string): boolean {
  try {
    return !decodeURIComponent(encoded).includes('\0')
  } catch {
    return false
  }
}
