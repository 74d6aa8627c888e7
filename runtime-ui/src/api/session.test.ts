import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, it, vi } from 'vitest'
import { type Me, meQuery } from './session.ts'

const answer = {
  user: { id: 'u', name: '王磊', email: 'wang@example.com' },
  ...{ roles: ['reader'], department: 'd', manager: 'm', locale: null, system: [] },
  ...{ verbs: { article: ['read'] }, fields: { article: { length: 'none' } } },
}
afterEach(() => vi.unstubAllGlobals())

/** What the query has after each of these answers. */
async function readEach(...answers: readonly object[]): Promise<(Me | undefined)[]> {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } })
  const client = new QueryClient()
  const { refetchInterval: _, ...query } = meQuery
  const observer = new QueryObserver(client, { ...query, enabled: false })
  const read: (Me | undefined)[] = []
  for (const body of answers) {
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body)))
    read.push((await observer.refetch()).data)
  }
  client.clear()
  return read
}

it('who is signed in stays the same object while nothing about them changed', async () => {
  const [first, same, other, limited] = await readEach(
    answer,
    answer,
    { ...answer, verbs: { article: ['read', 'update'] } },
    { ...answer, verbs: { article: ['read', 'update'] }, fields: {} },
  )
  expect(first?.verbs.get('article')).toEqual(new Set(['read']))
  expect(same).toBe(first)
  expect(other).not.toBe(first)
  expect(limited).not.toBe(other)
})

it('the department and the manager of who acts are known', async () => {
  const [me] = await readEach(answer)
  expect(me).toMatchObject({ id: 'u', department: 'd', manager: 'm' })
})
