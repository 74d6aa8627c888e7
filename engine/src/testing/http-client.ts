import { asObject, type JsonObject } from '@heddle/metadata'

/** An answer of a product that runs in another process. */
export interface HttpAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** Sends requests to a running product as the owner of an API key. */
export type HttpClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<HttpAnswer>

/** A client of the product at `url`; it rejects when the process dies before it has answered. */
export function httpClient(url: string, key: string): HttpClient {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : asObject(JSON.parse(text)) }
  }
}

/** Drafts, plans and publishes definitions; the answer to the publish. */
export async function publishOver(
  client: HttpClient,
  definitions: { readonly [address: string]: JsonObject | null },
): Promise<HttpAnswer> {
  for (const [address, body] of Object.entries(definitions)) {
    await client('PUT', `/api/metadata/draft/${address}`, body === null ? { removed: true } : { body }, {
      'if-match': '*',
    })
  }
  const { body: plan } = await client('POST', '/api/metadata/plan', {})
  return client('POST', '/api/metadata/publish', { planHash: plan.planHash ?? '', accept: ['guarded'] })
}
