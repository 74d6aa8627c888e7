import { afterEach, expect, it, vi } from 'vitest'
import { guardedStore } from './device-store.ts'
import { storedLocale, storeLocale } from './i18n/locale.ts'
import { lastList, recentRecords, rememberList, rememberRecent } from './shell/recent.ts'

const fail = () => {
  throw new Error('QuotaExceededError')
}
afterEach(() => vi.unstubAllGlobals())

it('a store that is full keeps what it had', () => {
  const store = guardedStore(() => ({ getItem: (key) => `${key} before`, setItem: fail, removeItem: fail }))
  expect(() => store.setItem('a', 'after')).not.toThrow()
  expect(() => store.removeItem('a')).not.toThrow()
  expect(store.getItem('a')).toBe('a before')
})

it('pages do without a store that is full or forbidden', () => {
  const full = { getItem: () => null, setItem: fail, removeItem: fail }
  for (const define of [() => vi.stubGlobal('localStorage', full), () => vi.unstubAllGlobals()]) {
    define()
    expect(() => rememberRecent('u', { entity: 'note', id: '1', label: 'a' })).not.toThrow()
    expect(() => rememberList('note')).not.toThrow()
    expect(() => storeLocale('en')).not.toThrow()
    expect([recentRecords('u'), lastList([]), storedLocale()]).toEqual([[], undefined, undefined])
  }
})
