import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followRelease } from './release.ts'
import { request } from './request.ts'

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }))
afterEach(() => vi.unstubAllGlobals())

async function answerOf(release: number): Promise<void> {
  vi.stubGlobal('fetch', async () => new Response('{}', { headers: { 'x-heddle-release': String(release) } }))
  await request('/api/me')
}

it('whatever was made from a release is read again once an answer comes from a later one', async () => {
  const client = new QueryClient()
  const queryKey = ['release', 'published', 'en']
  client.setQueryData(queryKey, { number: 3, items: [] })
  const stop = followRelease(client)
  await answerOf(3)
  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(false)
  await answerOf(4)
  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true)
  stop()
})
