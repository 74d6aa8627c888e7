import type { Connection } from '../storage/connect.ts'
import { uuidv7 } from '../storage/uuid.ts'
import type { Step } from './steps/step.ts'

/** The channel on which processes learn that there is deferred work. */
export const deferredChannel = 'heddle_deferred'

/** Writes the deferred work of a publish as durable rows, in its transaction, and calls off what it makes needless. */
export async function recordDeferred(connection: Connection, release: number, steps: readonly Step[]): Promise<void> {
  const needless = steps.flatMap((step) => step.cancels ?? [])
  const works = steps.flatMap((step) => (step.deferred === undefined ? [] : [{ step, work: step.deferred }]))
  await cancelDeferred(connection, [...needless, ...works.map(({ work }) => work.name)])
  for (const { step, work } of works) {
    await connection`
      insert into heddle.deferred_step (id, release, address, kind, text, detail)
      values (${uuidv7()}, ${release}, ${step.address}, ${work.kind}, ${step.text},
              ${JSON.stringify({ ...work.detail, name: work.name })})`
  }
  if (works.length > 0) await connection`select pg_notify(${deferredChannel}, '')`
}

/** Calls off open work of these names. */
export async function cancelDeferred(connection: Connection, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await connection`
    update heddle.deferred_step set state = 'cancelled', updated_at = now()
    where state in ('pending', 'running', 'failed') and detail ->> 'name' = any(${[...new Set(names)]}::text[])`
}
