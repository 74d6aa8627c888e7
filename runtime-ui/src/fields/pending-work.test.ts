import { expect, it } from 'vitest'
import { noPendingWork } from './pending-work.ts'

it('what is under way is waited for, and what begins meanwhile too', async () => {
  const pending = noPendingWork()
  const ends: ((isDone: boolean) => void)[] = []
  const begin = () => pending.add(new Promise<boolean>((end) => ends.push(end)))
  const done: string[] = []
  begin()
  const settled = pending.settled().then((isDone) => {
    done.push('settled')
    return isDone
  })
  begin()
  ends[0]?.(true)
  await new Promise((resolve) => setTimeout(resolve))
  expect(done).toEqual([])
  ends[1]?.(true)
  expect(await settled).toBe(true)
})

it('work that came to nothing is told once, not for ever', async () => {
  const pending = noPendingWork()
  pending.add(Promise.resolve(false))
  pending.add(Promise.resolve(true))
  expect(await pending.settled()).toBe(false)
  expect(await pending.settled()).toBe(true)
})
