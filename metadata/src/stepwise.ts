/** Work in short steps, so that a server can answer others in between. */
export type Steps<Result> = Generator<undefined, Result>

/** Runs the steps to their end at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
