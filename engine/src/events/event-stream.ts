import type { Logger } from 'pino'
import type { Database } from '../storage/connect.ts'
import { findPosition, type NewEvent, type Position, readWindow } from './new-events.ts'

/** Takes every window of events; `undefined` when there were too many to tell. */
export type Follower = (events: readonly NewEvent[] | undefined, position: Position) => void

/** The events of all processes, as they are committed. */
export interface EventStream {
  /** Calls the follower for every window from `after` on, or from now. Answers what ends it. */
  follow(follower: Follower, after?: Position): Promise<() => void>
  /** Tells all processes that something was committed; many calls in a moment are one notification. */
  wake(): void
  /** Calls back when the stream ends. */
  onStop(listener: () => void): () => void
  stop(): Promise<void>
}

const channel = 'heddle_events'
const wakeMs = 25
/** Catches what no notification told of: a lost one, or a transaction that another one hid. */
const pollMs = 2_000
/** An id and the xid of its transaction are taken at almost the same moment; this is more than almost. */
const settleMs = 10_000

/** Opens the stream. Nothing is read while nobody follows. */
export async function openEventStream(
  { database, direct }: { readonly database: Database; readonly direct: Database },
  log: Logger,
): Promise<EventStream> {
  const followers = new Set<Follower>()
  const listeners = new Set<() => void>()
  let position: Position | undefined
  let beginning: Promise<Position> | undefined
  let sample: { readonly at: number; readonly xmax: bigint; readonly last: string } | undefined
  let reading: Promise<void> | undefined
  let isBehind = false
  let waking: NodeJS.Timeout | undefined

  const begin = async (): Promise<Position> => {
    if (position !== undefined) return position
    beginning ??= findPosition(database).finally(() => {
      beginning = undefined
    })
    position = await beginning
    return position
  }
  const read = async (): Promise<void> => {
    const from = await begin()
    const { events, ...window } = await readWindow(database, from)
    let { floor } = from
    if (followers.size === 0) return
    if (sample !== undefined && Date.now() - sample.at > settleMs && BigInt(window.xmin) >= sample.xmax) {
      floor = sample.last
      sample = undefined
    }
    sample ??= { at: Date.now(), xmax: BigInt(window.xmax), last: window.last }
    position = { xmin: window.xmin, floor }
    if (events?.length === 0) return
    for (const follower of followers) follower(events, position)
  }
  const readSoon = (): void => {
    if (followers.size === 0) return
    isBehind = reading !== undefined
    reading ??= read()
      .catch((error) => log.warn({ err: error }, 'Events could not be read.'))
      .finally(() => {
        reading = undefined
        if (isBehind) readSoon()
      })
  }
  const listening = await direct.listen(channel, readSoon, readSoon)
  const timer = setInterval(readSoon, pollMs)
  timer.unref()

  return {
    follow: async (follower, after) => {
      // Nothing may fall between the past and the stream: what comes meanwhile waits.
      let waiting: Parameters<Follower>[] | undefined = []
      const take: Follower = (...window) => (waiting === undefined ? follower(...window) : void waiting.push(window))
      followers.add(take)
      try {
        await reading
        const now = await begin()
        waiting = []
        const missed = after === undefined ? { events: [] } : await readWindow(database, after, now.xmin)
        follower(missed.events, now)
        for (const window of waiting) follower(...window)
        waiting = undefined
      } catch (error) {
        followers.delete(take)
        throw error
      }
      return () => {
        followers.delete(take)
        if (followers.size === 0) position = sample = undefined
      }
    },
    wake: () => {
      waking ??= setTimeout(() => {
        waking = undefined
        database.notify(channel, '').catch((error) => log.warn({ err: error }, 'Events could not be announced.'))
      }, wakeMs)
    },
    onStop: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: async () => {
      clearInterval(timer)
      clearTimeout(waking)
      for (const listener of listeners) listener()
      followers.clear()
      await listening.unlisten()
      await reading
    },
  }
}
