import { useQueryClient } from '@tanstack/react-query'
import { useContext, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { fileQuery, uploadFile } from '../../api/files.ts'
import { ApiProblem } from '../../api/problem.ts'
import { PendingWorkContext } from '../pending-work.ts'

/** A file on its way to the engine. */
export interface PendingUpload {
  readonly key: string
  readonly file: File
  /** The share that is sent, from 0 to 1. */
  readonly share: number
  /** Why it did not arrive. */
  readonly failure: ApiProblem | undefined
}

/** Sends files one beside the other; each that arrived is given to `onArrived` with its id. A save waits for them. */
export function useUploads(onArrived: (id: string) => void) {
  const client = useQueryClient()
  const work = useContext(PendingWorkContext)
  const [pending, setPending] = useState<readonly PendingUpload[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const arrived = useRef(onArrived)
  useEffect(() => {
    arrived.current = onArrived
  })
  const update = (key: string, change: Partial<PendingUpload>) =>
    setPending((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)))
  const forget = (key: string) => setPending((all) => all.filter((each) => each.key !== key))
  const send = async ({ key, file }: PendingUpload): Promise<boolean> => {
    const stop = new AbortController()
    stops.current.set(key, stop)
    try {
      const { id, ...facts } = await uploadFile(file, {
        onProgress: (share) => update(key, { share }),
        signal: stop.signal,
      })
      client.setQueryData(fileQuery(id).queryKey, facts)
      forget(key)
      // Whoever waits for this reads the values right after.
      flushSync(() => arrived.current(id))
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (!stop.signal.aborted) update(key, { failure: error })
      return stop.signal.aborted
    }
  }
  const start = (upload: PendingUpload) => {
    const sending = send(upload)
    work?.add(sending)
  }
  return {
    pending,
    add: (files: readonly File[]) => {
      const added = files.map((file) => ({ key: nextKey(), file, share: 0, failure: undefined }))
      setPending((all) => [...all, ...added])
      for (const upload of added) start(upload)
    },
    retry: (upload: PendingUpload) => {
      update(upload.key, { failure: undefined, share: 0 })
      start(upload)
    },
    cancel: ({ key }: PendingUpload) => {
      stops.current.get(key)?.abort()
      forget(key)
    },
  }
}

let keys = 0

function nextKey(): string {
  keys += 1
  return `upload-${keys}`
}
