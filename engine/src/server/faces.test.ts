import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Environment } from '../http/environment.ts'
import { startTestProduct } from '../testing/product.ts'
import { faceRoutes } from './faces.ts'

let folder: string
let faces: Hono<Environment>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faces-'))
  for (const name of ['app', 'app-secret', 'designer']) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'index.html'), name)
    await writeFile(join(folder, name, 'main.js'), name)
  }
  faces = faceRoutes({ faces: { runtime: join(folder, 'app'), designer: join(folder, 'designer') } })
  faces.onError((_error, c) => c.text('refused', 404))
})
afterAll(() => rm(folder, { recursive: true }))

test.each([
  ['/main.js', 200, 'app'],
  ['/any/page', 200, 'app'],
  ['/designer/main.js', 200, 'designer'],
  ['/..%2fapp-secret/main.js', 404, 'refused'],
  ['/designer/..%2fapp/main.js', 404, 'refused'],
  ['/nothing.js', 404, 'refused'],
])('%s is answered from its own build alone', async (path, status, text) => {
  const answer = await faces.request(path)
  expect([answer.status, await answer.text()]).toEqual([status, text])
})

test('an address that is no text is refused, whatever it asks for', async () => {
  const product = await startTestProduct()
  for (const path of ['/%E0%A4%A', '/designer/%ff', '/healthz?a=%ff', '/api/auth/%ff']) {
    const answer = await product.visit(path)
    expect([path, answer.status]).toEqual([path, 400])
    expect(answer.headers.get('x-request-id')).not.toBeNull()
  }
  await product.stop()
})
