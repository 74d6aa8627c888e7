import type { Release } from '@heddle/metadata'
import type { Database } from '../storage/connect.ts'
import { type LiveState, loadLiveState } from './live-state.ts'
import { releaseChannel } from './publish.ts'

/** The process's view of the live release: swapped when any process has published. */
export interface LiveRelease {
  readonly state: LiveState
  readonly release: Release
  /** Takes over a release this process has just published. */
  adopt(state: LiveState): void
  /** Reads the live release again if it has moved, as it is at the time of the call or later; returns it. */
  reload(): Promise<LiveState>
  stop(): Promise<void>
}

const pollMs = 2_000

/** Loads the live release and follows it: by LISTEN, and by a slow poll in case a notification was lost. */
export async function followLiveRelease(
  { database, direct }: { readonly database: Database; readonly direct: Database },
  onError: (error: unknown) => void,
): Promise<LiveRelease> {
  let state = await loadLiveState(database)
  let loading: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  const adopt = (next: LiveState): void => {
    if (next.release.number > state.release.number) state = next
  }
  const load = (): Promise<void> => {
    waiting = undefined
    loading = loadLiveState(database, state)
      .then(adopt)
      .finally(() => {
        loading = undefined
      })
    return loading
  }
  const reload = async (): Promise<LiveState> => {
    // A load under way may have read before the publish that its caller has met.
    if (loading !== undefined) waiting ??= loading.catch(() => undefined).then(load)
    await (waiting ?? load())
    return state
  }
  const inBackground = (): void => void reload().catch(onError)
  const listening = await direct.listen(releaseChannel, inBackground, inBackground)
  const timer = setInterval(inBackground, pollMs)
  timer.unref()
  return {
    get state() {
      return state
    },
    get release() {
      return state.release
    },
    adopt,
    reload,
    stop: async () => {
      clearInterval(timer)
      await listening.unlisten()
    },
  }
}
