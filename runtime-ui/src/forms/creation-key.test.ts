import { expect, it } from 'vitest'
import { creationKey } from './creation-key.ts'

it('the same body keeps its key, another one has another', () => {
  const key = creationKey('form', { name: '甲', pages: [{ words: 1 }] })
  expect(creationKey('form', { name: '甲', pages: [{ words: 1 }] })).toBe(key)
  expect(creationKey('form', { name: '甲', pages: [{ words: 2 }] })).not.toBe(key)
  expect(creationKey('other', { name: '甲', pages: [{ words: 1 }] })).not.toBe(key)
  expect(key).toMatch(/^form-[0-9a-f]{16}$/)
})
