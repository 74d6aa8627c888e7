import { expect, test } from 'vitest'
import { stopAll } from './stop-all.ts'

test('a stop that fails keeps no other from stopping, and the first error is told', async () => {
  const stopped: string[] = []
  const stop = (name: string, error?: Error) => async () => {
    stopped.push(name)
    if (error !== undefined) throw error
  }
  const stops = [stop('database'), stop('jobs', new Error('second')), stop('events', new Error('first')), stop('http')]
  await expect(stopAll(stops)).rejects.toThrow('first')
  expect(stopped).toEqual(['http', 'events', 'jobs', 'database'])
})
