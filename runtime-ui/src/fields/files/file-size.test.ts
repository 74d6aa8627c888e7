import { expect, it } from 'vitest'
import { formatSize } from './file-size.ts'

it.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1536, '1.5 KB'],
  [20 * 1024 ** 2, '20 MB'],
  [5000 * 1024 ** 3, '5,000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes, 'zh-CN')).toBe(text)
})
