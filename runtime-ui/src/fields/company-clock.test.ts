import { expect, it } from 'vitest'
import { clockAt, momentAt } from './company-clock.ts'

const timeZone = 'Pacific/Kiritimati'

it('a moment comes back from the picker as it went in', () => {
  const shown = clockAt('2026-11-23T10:30:00Z', timeZone)
  expect(shown?.format('YYYY-MM-DD HH:mm')).toBe('2026-11-24 00:30')
  expect(shown && momentAt(shown, timeZone)).toEqual({ ok: true, value: '2026-11-23T10:30:00+00:00' })
})

it.each([null, '', 'soon', 7])('%j is no moment', (value) => {
  expect(clockAt(value, timeZone)).toBeNull()
})
