import { setImmediate } from 'node:timers/promises'
import type { Steps } from '@heddle/metadata'

const turnMs = 2

/** Lets the requests that wait go first. */
export function giveWay(): Promise<void> {
  return setImmediate()
}

/** Runs the steps to their end, and whenever they have taken a few milliseconds lets the requests that wait go first. */
export async function takeTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + turnMs
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await giveWay()
  }
}
