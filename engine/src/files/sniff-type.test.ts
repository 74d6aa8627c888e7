import { expect, it } from 'vitest'
import { sniffType } from './sniff-type.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

const cases: [string, Buffer, string, string][] = [
  ['a picture', latin('\x89PNG\r\n\x1a\nrest'), 'a.txt', 'image/png'],
  ['a picture in a container', latin('RIFF1234WEBPVP8 '), 'a', 'image/webp'],
  ['a newer picture', latin('\0\0\0\x1cftypavif'), 'a.mp4', 'image/avif'],
  ['a document', latin('%PDF-1.7'), 'a.png', 'application/pdf'],
  ['an archive', latin('PK\x03\x04rest'), 'a.zip', 'application/zip'],
  ['a table', latin('PK\x03\x04rest'), 'a.XLSX', expect.stringContaining('spreadsheetml')],
  ['a page with script', Buffer.from('<html><script>alert(1)</script>'), 'a.html', 'text/plain; charset=utf-8'],
  ['a drawing with script', Buffer.from('<svg onload="alert(1)"/>'), 'a.svg', 'text/plain; charset=utf-8'],
  ['Chinese text', Buffer.from('你好'), 'a.png', 'text/plain; charset=utf-8'],
  ['text in no known encoding', latin('\xc4\xe3'), 'a.txt', 'application/octet-stream'],
  ['anything else', Buffer.from([1, 0, 2]), 'a.png', 'application/octet-stream'],
]
it.each(cases)('%s is known by its content, not by its name', (_, data, name, type) => {
  expect(sniffType(data, name)).toEqual(type)
})
