import type { Release } from '@heddle/metadata'
import { Hono } from 'hono'
import type { Actor } from '../access/actor.ts'
import { grantFor } from '../access/grant.ts'
import type { Environment, Services } from '../http/environment.ts'
import { changesOf } from './changes.ts'
import type { Follower } from './event-stream.ts'
import type { NewEvent, Position } from './new-events.ts'

const heartbeatMs = 15_000
/** A client that has not taken this many messages is cut off; it comes back with its `Last-Event-ID`. */
const maximumWaiting = 200

/** `/api/events`: what is committed, as server-sent events, as far as the actor may see it. */
export function streamRoutes({ events, actors, live }: Services): Hono<Environment> {
  const routes = new Hono<Environment>()
  routes.get('/', async (c) => {
    const { headers } = c.req.raw
    let { actor } = c.var
    const last = headers.get('last-event-id') ?? c.req.query('lastEventId') ?? null
    const channel = openChannel()
    const follower: Follower = (window, position) => {
      const shown = window?.flatMap((event) => shownEvent(event, live.release, actor))
      channel.send(shown === undefined ? renderReset(position) : renderEvents(shown, position))
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

/** What the actor may know of an event: that it happened, and which of the fields they may see it changed. */
function shownEvent(event: NewEvent, release: Release, actor: Actor): object[] {
  const entity = release.entityById(event.entity)
  if (entity === undefined) return []
  const grant = grantFor(release, actor, entity)
  if (!grant.verbs.has('read')) return []
  const { record, kind, at, by, delta } = event
  return [{ entity: entity.name, id: record, kind, at, by, fields: Object.keys(changesOf(entity, grant, delta, kind)) }]
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
