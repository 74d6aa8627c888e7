import { get } from 'node:http'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

test('an idle connection outlives the minute that proxies keep theirs, and does not delay the end', async () => {
  const server = await listen(() => new Response('answer'), { host: '127.0.0.1', port: 0, tls: undefined })
  const promised = await new Promise<string | undefined>((resolve, reject) => {
    const asked = get(server.url, { headers: { connection: 'keep-alive' } }, (answer) => {
      answer.resume()
      resolve(answer.headers['keep-alive']?.toString())
    })
    asked.on('error', reject)
  })
  expect(Number(promised?.replace('timeout=', ''))).toBeGreaterThan(60)
  const start = performance.now()
  await server.close()
  expect(performance.now() - start).toBeLessThan(5_000)
})
