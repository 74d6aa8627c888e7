import { expect, it } from 'vitest'
import { readFacts } from './files.ts'

it('a download tells name, type and size of the file', () => {
  const headers = new Headers({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': '11',
    'content-disposition': `attachment; filename="__.txt"; filename*=UTF-8''%E6%A3%80%E6%B5%8B%20%27a%27.txt`,
  })
  expect(readFacts(headers)).toEqual({ name: "检测 'a'.txt", type: 'text/plain', size: 11 })
})

it('a download without headers tells nothing', () => {
  expect(readFacts(new Headers())).toEqual({ name: '', type: '', size: 0 })
})
