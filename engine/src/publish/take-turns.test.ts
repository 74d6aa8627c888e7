import type { Steps } from '@heddle/metadata'
import { expect, test } from 'vitest'
import { takeTurns } from './take-turns.ts'

function* steps(count: number, stepMs: number): Steps<number> {
  for (let done = 0; done < count; done++) {
    const until = performance.now() + stepMs
    while (performance.now() < until);
    yield
  }
  return count
}

test('long work lets others have their turn before it ends', async () => {
  const order: string[] = []
  const work = takeTurns(steps(20, 2)).then((result) => order.push(`work ${result}`))
  setImmediate(() => order.push('other'))
  await work
  expect(order).toEqual(['other', 'work 20'])
})

test('short work ends at once', async () => {
  const order: string[] = []
  setImmediate(() => order.push('other'))
  order.push(`work ${await takeTurns(steps(20, 0))}`)
  expect(order).toEqual(['work 20'])
})
