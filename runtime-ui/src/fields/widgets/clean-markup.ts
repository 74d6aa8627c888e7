const allowed = new Set([
  'p',
  'br',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'h1',
  'h2',
  'h3',
  'h4',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
])
const renamed: ReadonlyMap<string, string> = new Map([
  ['div', 'p'],
  ['h5', 'h4'],
  ['h6', 'h4'],
  ['del', 's'],
  ['strike', 's'],
  ['tr', 'p'],
])
const dropped = new Set(['script', 'style', 'head', 'title', 'template', 'noscript'])

/** What an editor holds as the few tags without attributes that rich text may have; links keep a safe address. */
export function cleanMarkup(node: Node): string {
  return [...node.childNodes].map(markupOf).join('')
}

function markupOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.textContent ?? '')
  if (!(node instanceof Element)) return ''
  const name = node.localName
  if (dropped.has(name)) return ''
  const inner = cleanMarkup(node)
  const tag = renamed.get(name) ?? name
  if (tag === 'br') return '<br>'
  if (tag === 'a') return linkTo(node.getAttribute('href') ?? '', inner)
  return allowed.has(tag) ? `<${tag}>${inner}</${tag}>` : inner
}

function linkTo(address: string, inner: string): string {
  return /^(https?:\/\/|mailto:)[^"<>\s]*$/.test(address) ? `<a href="${address}">${inner}</a>` : inner
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u00a0', '&nbsp;')
}
