import { setImmediate as nextTurn } from 'node:timers/promises'

const turnMs = 4

/** Runs the steps to their end, and whenever they have taken a few milliseconds lets the requests that wait go first. */
export async function takeTurns<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + turnMs
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await nextTurn()
  }
}
