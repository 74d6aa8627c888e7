import { badParameter } from '../errors.ts'

/**
 * Refuses an address whose percent-encoding is no UTF-8 text, which would otherwise be read as other characters.
 * @throws Fault 400 naming the parameter
 */
export function checkAddress(url: string): void {
  if (!url.includes('%')) return
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
