/** What a file's first bytes say it is. */
interface Signature {
  readonly type: string
  /** Bytes in Latin-1, `?` for any. */
  readonly starts: string
  readonly at?: number
}

const signatures: readonly Signature[] = [
  { type: 'image/png', starts: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', starts: '\xff\xd8\xff' },
  { type: 'image/gif', starts: 'GIF87a' },
  { type: 'image/gif', starts: 'GIF89a' },
  { type: 'image/webp', starts: 'RIFF????WEBP' },
  { type: 'image/avif', starts: 'ftypavif', at: 4 },
  { type: 'video/mp4', starts: 'ftyp', at: 4 },
  { type: 'audio/mpeg', starts: 'ID3' },
  { type: 'application/pdf', starts: '%PDF-' },
  { type: 'application/zip', starts: 'PK\x03\x04' },
  { type: 'application/x-ole-storage', starts: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
]

/** Formats that are archives inside, by the extension of the file's name. */
const contained: { readonly [container: string]: { readonly [extension: string]: string } } = {
  'application/zip': {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  },
  'application/x-ole-storage': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
  },
}

/** Images that a browser may show in place: no script can be in them. */
const safeImages: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

/** The type of a file by its content; what its sender says it is counts for nothing. */
export function sniffType(data: Buffer, name: string): string {
  const head = data.toString('latin1', 0, 64)
  const type = signatures.find((signature) => fits(head, signature))?.type
  if (type === undefined) return isText(data) ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return contained[type]?.[extension] ?? type
}

/** True for images that can be shown where they stand. */
export function isSafeImage(type: string): boolean {
  return safeImages.has(type)
}

function fits(head: string, { starts, at = 0 }: Signature): boolean {
  return [...starts].every((byte, index) => byte === '?' || head[at + index] === byte)
}

function isText(data: Buffer): boolean {
  if (data.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data)
    return true
  } catch {
    return false
  }
}
