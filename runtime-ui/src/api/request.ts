import { asObject, type Json } from '@heddle/metadata'
import { ApiProblem } from './problem.ts'

/** What to send. `body` goes as JSON; `idempotencyKey` makes a repeated create answer the first one's record. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: Json
  readonly ifMatch?: string
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** A successful answer. */
export interface Answer {
  readonly body: unknown
  readonly etag: string | undefined
}

type ReleaseListener = (release: number) => void
const releaseListeners = new Set<ReleaseListener>()

/** Calls back with the number of the live release that each answer carries; returns how to stop. */
export function onReleaseSeen(listener: ReleaseListener): () => void {
  releaseListeners.add(listener)
  return () => releaseListeners.delete(listener)
}

/** Calls the engine. @throws ApiProblem */
export async function request(path: string, call: Call = {}): Promise<Answer> {
  const response = await send(path, call)
  const release = response.headers.get('x-heddle-release')
  if (release !== null) for (const listener of releaseListeners) listener(Number(release))
  const body = await readBody(response)
  if (!response.ok) {
    throw new ApiProblem(response.status, asObject(body), response.headers.get('x-request-id') ?? undefined)
  }
  return { body, etag: response.headers.get('etag') ?? undefined }
}

async function send(path: string, call: Call): Promise<Response> {
  const headers = new Headers({ accept: 'application/json', 'accept-language': document.documentElement.lang })
  if (call.body !== undefined) headers.set('content-type', 'application/json')
  if (call.ifMatch !== undefined) headers.set('if-match', call.ifMatch)
  if (call.idempotencyKey !== undefined) headers.set('idempotency-key', call.idempotencyKey)
  try {
    return await fetch(path, {
      method: call.method ?? 'GET',
      headers,
      cache: 'no-cache',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    })
  } catch (error) {
    if (call.signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'network' })
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiProblem(
      response.status,
      { code: 'answer.unreadable' },
      response.headers.get('x-request-id') ?? undefined,
    )
  }
}
