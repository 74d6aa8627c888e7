import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request as askHttps } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { library } from '../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { type Listening, listen } from './listen.ts'

let folder: string
let product: TestProduct
let server: Listening
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'protect-'))
  const faces = { runtime: join(folder, 'runtime'), designer: join(folder, 'designer') }
  for (const place of Object.values(faces)) {
    await mkdir(place)
    await writeFile(join(place, 'index.html'), '<!doctype html>')
  }
  product = await startTestProduct(undefined, { faces })
  await product.publish(library)
  key = await product.key('admin')
  server = await listen(product.fetch, { host: '127.0.0.1', port: 0, tls: undefined, trustedProxy: '127.0.0.1' })
})
afterAll(async () => {
  await server.close()
  await product.stop()
  await rm(folder, { recursive: true })
})

const ask = (path: string, init: RequestInit = {}, asker = key) =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { authorization: `Bearer ${asker}`, ...Object.fromEntries(new Headers(init.headers)) },
  })

describe('every answer', () => {
  it.each([
    ['/', 200],
    ['/list/article', 200],
    ['/designer', 302],
    ['/designer/', 200],
    ['/healthz', 200],
    ['/api/settings/public', 200],
    ['/api/auth/get-session', 200],
    ['/api/me', 200],
    ['/api/docs', 200],
    ['/api/openapi.json', 200],
    ['/api/records/article', 200],
    ['/api/records/nothing', 404],
    ['/nothing.js', 404],
    ['/%ff', 400],
  ])('to %s is protected', async (path, status) => {
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  })

  it('of no page runs a script that stands in it, and only forms make functions of text', async () => {
    const scripts: (string | undefined)[] = []
    for (const path of ['/', '/designer/', '/api/docs', '/api/me']) {
      const policy = (await ask(path)).headers.get('content-security-policy') ?? ''
      scripts.push(/script-src [^;]*/.exec(policy)?.[0])
    }
    expect(scripts).toEqual(["script-src 'self' 'unsafe-eval'", "script-src 'self'", undefined, undefined])
  })

  it('tells browsers to stay with HTTPS when the request came so, which nobody but the proxy can say', async () => {
    const forwarded = { headers: { 'x-forwarded-proto': 'https' } }
    expect((await ask('/', forwarded)).headers.get('strict-transport-security')).toBe('max-age=31536000')
    const open = await listen(product.fetch, { host: '127.0.0.1', port: 0, tls: undefined })
    expect((await fetch(open.url, forwarded)).headers.get('strict-transport-security')).toBeNull()
    await open.close()
    const [cert, certKey] = ['cert', 'key'].map((name) => fixture(`localhost-${name}.pem`))
    const tls = { cert: String(cert), key: String(certKey) }
    const secure = await listen(product.fetch, { host: '127.0.0.1', port: 0, tls })
    const ca = await readFile(tls.cert)
    const header = await new Promise((resolve, reject) => {
      const options = { ca, checkServerIdentity: () => undefined }
      askHttps(`${secure.url}/healthz`, options, (answer) => {
        answer.resume()
        resolve(answer.headers['strict-transport-security'])
      })
        .on('error', reject)
        .end()
    })
    expect(header).toBe('max-age=31536000')
    await secure.close()
  })

  it('gives pages of other sites no permission to read it', async () => {
    const origin = 'https://elsewhere.example'
    const preflight = { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'if-match' }
    for (const path of ['/api/records/article', '/api/auth/sign-in/email', '/']) {
      const asked = [
        await ask(path, { method: 'OPTIONS', headers: preflight }),
        await ask(path, { headers: { origin } }),
      ]
      for (const { headers } of asked) {
        expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      }
      expect(asked[0]?.status).toBe(404)
    }
  })
})

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
