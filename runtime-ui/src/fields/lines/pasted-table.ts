/** Cells of a table as spreadsheets put it on the clipboard: tabs and lines, quotes around cells that hold either. */
export function parseTable(text: string): string[][] {
  const rows = splitOutsideQuotes(text.replace(/\r\n?/g, '\n'), '\n')
  while (rows.at(-1)?.trim() === '') rows.pop()
  return rows.map((row) => splitOutsideQuotes(row, '\t').map(unquoted))
}

/** True when the text is more than one cell. */
export function isTable(text: string): boolean {
  return /[\t\n]/.test(text.replace(/\r\n?/g, '\n').replace(/\n$/, ''))
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = []
  let part = ''
  let isQuoted = false
  let before = '\t'
  for (const character of text) {
    if (character === '"' && (isQuoted || /[\t\n"]/.test(before))) isQuoted = !isQuoted
    if (character === separator && !isQuoted) {
      parts.push(part)
      part = ''
    } else part += character
    before = character
  }
  return [...parts, part]
}

function unquoted(cell: string): string {
  const inner = /^"([\s\S]*)"$/.exec(cell)?.[1]
  return (inner === undefined ? cell : inner.replaceAll('""', '"')).trim()
}
