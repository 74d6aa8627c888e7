const start = Buffer.from('{"items":[')
const comma = Buffer.from(',')

/** A body with items whose JSON PostgreSQL has made, which are not parsed again, and what else belongs to it. */
export function renderItems(items: readonly Buffer[], tail: Readonly<Record<string, unknown>>): Buffer {
  const parts: Buffer[] = [start]
  items.forEach((item, index) => {
    if (index > 0) parts.push(comma)
    parts.push(item)
  })
  const rest = JSON.stringify(tail).slice(1)
  parts.push(Buffer.from(rest === '}' ? ']}' : `],${rest}`))
  return Buffer.concat(parts)
}
