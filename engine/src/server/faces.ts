import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { Hono } from 'hono'
import { notFound } from '../errors.ts'
import type { Environment, Services } from '../http/environment.ts'

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

/** What a page of an app may do: everything comes from here, but for pictures such as the company's logo. */
const pagePolicy = (script: string) =>
  [
    "default-src 'none'",
    `script-src ${script}`,
    // Ant Design writes its styles while it runs.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

const policies = {
  designer: pagePolicy("'self'"),
  // Forms check records with ajv, which makes a function of each schema.
  runtime: pagePolicy("'self' 'unsafe-eval'"),
}

/** The two apps: the designer under `/designer/`, the runtime UI everywhere else; unknown paths are pages of the app. */
export function faceRoutes({ faces }: Pick<Services, 'faces'>): Hono<Environment> {
  const routes = new Hono<Environment>()
  if (faces === undefined) return routes
  routes.get('/api/*', () => {
    throw notFound()
  })
  routes.get('/designer', (c) => c.redirect('/designer/'))
  routes.get('/designer/*', (c) => serve(faces.designer, c.req.path.slice('/designer'.length), policies.designer))
  routes.get('/*', (c) => serve(faces.runtime, c.req.path, policies.runtime))
  return routes
}

async function serve(folder: string, path: string, policy: string): Promise<Response> {
  const wanted = join(folder, decodeURIComponent(path))
  const isFile = wanted.startsWith(join(folder, sep)) && extname(wanted) !== '' && existsSync(wanted)
  if (!isFile && extname(path) !== '') throw notFound()
  const file = isFile ? wanted : join(folder, 'index.html')
  const isHashed = file.includes('/assets/')
  return new Response(new Uint8Array(await readFile(file)), {
    headers: {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': policy,
    },
  })
}
