// One request to a target, outside of the load.

/** Sends a prepared request; the status and the parsed body. */
export async function call(target, request) {
  const response = await fetch(target.url + request.path, {
    method: request.method ?? 'GET',
    headers: { ...target.headers, ...request.headers },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** The body of an answer that must be a success. */
export async function demand(target, request) {
  const answer = await call(target, request)
  if (answer.status < 300) return answer
  const shown = JSON.stringify(answer.body).slice(0, 2000)
  throw new Error(`${target.name} answered ${answer.status} to ${request.method ?? 'GET'} ${request.path}: ${shown}`)
}

/** A request with a JSON body. */
export function withBody(method, path, body, headers = {}) {
  return { method, path, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

/** Whether a request succeeds now; a refused connection is a no. */
export async function isAnswered(target, request) {
  try {
    return (await call(target, request)).status === 200
  } catch {
    return false
  }
}
