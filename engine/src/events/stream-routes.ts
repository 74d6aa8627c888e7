import { Hono } from 'hono'
import { grantFor } from '../access/grant.ts'
import type { Reader } from '../access/reader.ts'
import type { Environment, Services } from '../http/environment.ts'
import { readableIds } from '../records/require-rows.ts'
import type { Connection } from '../storage/connect.ts'
import { changesOf } from './changes.ts'
import type { Follower } from './event-stream.ts'
import type { NewEvent, Position } from './new-events.ts'

const heartbeatMs = 15_000
/** A client that has not taken this many messages is cut off; it comes back with its `Last-Event-ID`. */
const maximumWaiting = 200

/** `/api/events`: what is committed, as server-sent events, as far as the actor may see it. */
export function streamRoutes({ database, events, actors, live }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/', async (c) => {
    const { headers } = c.req.raw
    let { actor } = c.var
    const last = headers.get('last-event-id') ?? c.req.query('lastEventId') ?? null
    const channel = openChannel()
    let telling = Promise.resolve()
    const follower: Follower = (window, position) => {
      const tell = async () => {
        const reader = { release: live.release, actor }
        const shown = window === undefined ? undefined : await shownEvents(reader, database, window)
        channel.send(shown === undefined ? renderReset(position) : renderEvents(shown, position))
      }
      // In their order; a window that cannot be judged is told by nobody: the client comes back for it.
      telling = telling.then(tell).catch(channel.close)
    }
    const after = parsePosition(last)
    const unfollow = await events.follow(follower, after)
    if (last !== null && after === undefined) channel.send('event: reset\ndata: {}\n\n')
    const heartbeat = setInterval(() => {
      channel.send(': alive\n\n')
      // Who is signed out or has lost a right learns of nothing more.
      actors.resolve(headers).then((known) => {
        if (known === undefined) channel.close()
        else actor = known
      }, channel.close)
    }, heartbeatMs)
    const forget = events.onStop(() => channel.close())
    channel.onClose(() => {
      clearInterval(heartbeat)
      unfollow()
      forget()
    })
    return new Response(channel.body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    })
  })
  return routes
}

interface Channel {
  readonly body: ReadableStream<Uint8Array>
  send(text: string): void
  close(): void
  onClose(listener: () => void): void
}

function openChannel(): Channel {
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let listener: (() => void) | undefined
  const end = () => {
    controller = undefined
    listener?.()
  }
  const body = new ReadableStream<Uint8Array>({
    start: (opened) => {
      controller = opened
    },
    cancel: end,
  })
  const close = () => {
    controller?.close()
    end()
  }
  return {
    body,
    close,
    onClose: (given) => {
      listener = given
      if (controller === undefined) given()
    },
    send: (text) => {
      if (controller === undefined) return
      if ((controller.desiredSize ?? 0) < -maximumWaiting) close()
      else controller.enqueue(encoder.encode(text))
    },
  }
}

/** What the reader may know of events: of records that they may see, and which of the fields they may see changed. */
async function shownEvents(reader: Reader, connection: Connection, events: readonly NewEvent[]): Promise<object[]> {
  const seen = new Map<string, ReadonlySet<string>>()
  for (const id of new Set(events.map(({ entity }) => entity))) {
    const entity = reader.release.entityById(id)
    if (entity === undefined) continue
    const records = events.flatMap(({ entity: of, record }) => (of === id ? [record] : []))
    seen.set(id, new Set(await readableIds({ reader, connection }, entity, [...new Set(records)])))
  }
  return events.flatMap(({ entity: id, record, kind, at, by, delta }) => {
    const entity = reader.release.entityById(id)
    if (entity === undefined || seen.get(id)?.has(record) !== true) return []
    const grant = grantFor(reader.release, reader.actor, entity)
    const fields = Object.keys(changesOf(entity, grant, delta, kind))
    return [{ entity: entity.name, id: record, kind, at, by, fields }]
  })
}

/** The position comes last, so that a client cut off in between gets the whole window again. */
function renderEvents(events: readonly object[], position: Position): string {
  const messages = events.map((event) => `event: record\ndata: ${JSON.stringify(event)}\n`)
  const id = `id: ${position.xmin}.${position.floor}\n\n`
  return messages.length === 0 ? id : `${messages.join('\n')}${id}`
}

function renderReset(position: Position): string {
  return `event: reset\ndata: {}\nid: ${position.xmin}.${position.floor}\n\n`
}

function parsePosition(text: string | null): Position | undefined {
  const [, xmin, floor] = /^(\d{1,19})\.(\d{1,18})$/.exec(text ?? '') ?? []
  return xmin === undefined || floor === undefined ? undefined : { xmin, floor }
}
