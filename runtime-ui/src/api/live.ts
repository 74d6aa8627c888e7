import { asObject, asText } from '@heddle/metadata'
import type { QueryClient } from '@tanstack/react-query'
import { isAbout, type RecordKey } from './records.ts'

/** Many changes within this time are one reading of the lists that may show them, in ms. */
const pause = 500
/** How long to wait before a refused connection is tried again, in ms; longer each time. */
const firstWait = 2_000
const longestWait = 60_000

/**
 * Reads again what a page shows as soon as somebody changes it; returns how to stop. A page that nobody sees lets go of
 * its connection, of which a browser allows only six, and catches up when it is looked at again.
 */
export function followEvents(client: QueryClient): () => void {
  const refresh = refresher(client)
  let source: EventSource | undefined
  let position = ''
  let wait = firstWait
  let timer: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  const open = () => {
    close()
    const opened = new EventSource(`/api/events${position === '' ? '' : `?lastEventId=${position}`}`)
    source = opened
    opened.addEventListener('open', () => {
      wait = firstWait
    })
    opened.addEventListener('record', ({ data, lastEventId }: MessageEvent<string>) => {
      position = lastEventId
      const event = parseEvent(data)
      if (event !== undefined) refresh.record(event)
    })
    opened.addEventListener('reset', ({ lastEventId }) => {
      position = lastEventId
      refresh.all()
    })
    opened.addEventListener('error', () => {
      // The browser comes back by itself after a broken connection, but not after a refusal.
      if (opened.readyState !== EventSource.CLOSED || source !== opened) return
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, longestWait)
    })
  }
  const look = () => {
    if (document.hidden) return close()
    if (source !== undefined) return
    // Where nothing was heard yet, nobody knows what was missed.
    if (position === '') refresh.all()
    open()
  }
  if (!document.hidden) open()
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    close()
    refresh.stop()
  }
}

/** Reads a message of the stream; undefined when it is about no record. */
export function parseEvent(data: string): RecordKey | undefined {
  const { entity, id } = asObject(parseJson(data))
  const event = { entity: asText(entity) ?? '', id: asText(id) ?? '' }
  return event.entity === '' || event.id === '' ? undefined : event
}

/** Records are read again at once, the lists they may stand in once for all that happens within a moment. */
function refresher(client: QueryClient) {
  let waiting: RecordKey[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const events = waiting
    waiting = []
    timer = undefined
    void client.invalidateQueries({
      predicate: ({ queryKey, meta }) => events.some((event) => isAbout(event, queryKey, meta)),
    })
  }
  return {
    record: (event: RecordKey) => {
      waiting.push(event)
      timer ??= setTimeout(flush, pause)
    },
    all: () => void client.invalidateQueries({ queryKey: ['records'] }),
    stop: () => clearTimeout(timer),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
