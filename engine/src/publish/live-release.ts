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
  /** Reads the live release again if it has moved; returns it. */
  reload(): Promise<LiveState>
  /** Calls back after each swap. */
  onChange(listener: (state: LiveState) => void): void
  stop(): Promise<void>
}

const pollMs = 2_000

/** Loads the live release and follows it: by LISTEN, and by a slow poll in case a notification was lost. */
export async function followLiveRelease(
  { database, direct }: { readonly database: Database; readonly direct: Database },
  onError: (error: unknown) => void,
): Promise<LiveRelease> {
  let state = await loadLiveState(database)
  let loading: Promise<LiveState> | undefined
  const listeners: ((state: LiveState) => void)[] = []
  const adopt = (next: LiveState): void => {
    if (next.release.number <= state.release.number) return
    state = next
    for (const listener of listeners) listener(next)
  }
  const reload = async (): Promise<LiveState> => {
    loading ??= loadLiveState(database, state).finally(() => {
      loading = undefined
    })
    adopt(await loading)
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
    onChange: (listener) => void listeners.push(listener),
    stop: async () => {
      clearInterval(timer)
      await listening.unlisten()
    },
  }
}
