import { asObject, type JsonObject } from '@heddle/metadata'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../access/actor.ts'
import { createAuth } from '../../accounts/auth.ts'
import type { Environment } from '../../http/environment.ts'
import { emptyState } from '../../publish/live-state.ts'
import { connect } from '../../storage/connect.ts'
import { library } from '../../testing/definitions.ts'
import { startTestProduct, type TestProduct } from '../../testing/product.ts'
import { openapiRoutes } from './routes.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish({
    ...library,
    'role/reader': {
      title: 'Reader',
      entities: { article: { verbs: { read: 'all', update: 'all' }, fields: { length: 'none', kind: 'read' } } },
    },
  })
})
afterAll(() => product.stop())

const read = async (key?: string) =>
  (await product.request('GET', '/api/openapi.json', undefined, key === undefined ? {} : { key })).body

const at = (document: JsonObject, ...path: string[]) => path.reduce((value, name) => asObject(value[name]), document)

const propertiesOf = (document: JsonObject, schema: string) =>
  Object.keys(at(document, 'components', 'schemas', schema, 'properties'))

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 for whoever asks', async () => {
    for (const key of [undefined, await product.key('reader')]) {
      const document = await read(key)
      expect(document.openapi).toBe('3.1.0')
      const result = await new Validator().validate(JSON.parse(JSON.stringify(document)))
      expect(result.errors).toBeUndefined()
      expect(result.valid).toBe(true)
    }
  })

  it('names the cookie as browsers have it, over HTTPS too', async () => {
    const document = await read()
    expect(at(document, 'components', 'securitySchemes', 'session').name).toBe('heddle.session_token')
    const secret = 'a secret that is long enough for tests'
    const auth = createAuth(connect(product.database.url, { max: 1 }), { secret, isSecure: true })
    const secure = new Hono<Environment>()
    secure.use('*', async (c, next) => {
      c.set('release', emptyState().release)
      c.set('actor', systemActor)
      await next()
    })
    secure.route('/', openapiRoutes({ auth }))
    const answer = asObject(await (await secure.request('/openapi.json')).json())
    expect(at(answer, 'components', 'securitySchemes', 'session').name).toBe('__Secure-heddle.session_token')
  })

  it('has every route that is served', async () => {
    const paths = asObject((await read()).paths)
    const served = product.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && !path.endsWith('*'))
      .map(({ method, path }) => ({ method: method.toLowerCase(), path: path.replace(/:(\w+)/g, '{$1}') }))
    expect(served.length).toBeGreaterThan(30)
    const missing = served.filter(({ method, path }) => {
      const written = path.replace('/api/records/{entity}', '/api/records/article').replace(/\/$/, '')
      return asObject(paths[written])[method] === undefined
    })
    expect(missing).toEqual([])
  })

  it('has no route that is not served', async () => {
    const served = product.routes.map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/\/$/, '')}`)
    const patterns = served.map((each) => new RegExp(`^${each.replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`))
    const written = Object.entries(asObject((await read()).paths)).flatMap(([path, item]) =>
      Object.keys(asObject(item)).map((method) => `${method} ${path}`),
    )
    expect(written.length).toBeGreaterThan(30)
    expect(written.filter((each) => !patterns.some((pattern) => pattern.test(each)))).toEqual([])
  })

  it('refers only to what it holds', async () => {
    const document = await read()
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(references).toContain('components/schemas/Problem')
    for (const reference of new Set(references)) expect(at(document, ...reference.split('/'))).not.toEqual({})
  })

  it('shows a published field at once', async () => {
    expect(propertiesOf(await read(), 'author')).not.toContain('nickname')
    const author = asObject(library['entity/author'])
    const properties = { ...asObject(author.properties), nickname: { title: '别名', 'x-field': { type: 'text' } } }
    const release = await product.publish({ 'entity/author': { ...author, properties } })
    const document = await read()
    expect(at(document, 'info').version).toBe(String(release))
    for (const schema of ['author', 'author.create', 'author.patch']) {
      expect(propertiesOf(document, schema)).toContain('nickname')
    }
  })

  it('keeps quiet about what the reader may not see or do', async () => {
    const document = await read(await product.key('reader'))
    const paths = Object.keys(asObject(document.paths))
    expect(paths.filter((path) => path.startsWith('/api/records/')).every((path) => path.includes('/article'))).toBe(
      true,
    )
    expect(paths).not.toContain('/api/metadata/publish')
    expect(Object.keys(at(document, 'paths', '/api/records/article'))).toEqual(['get'])
    expect(Object.keys(at(document, 'paths', '/api/records/article/{id}'))).toEqual(['get', 'patch'])
    expect(propertiesOf(document, 'article')).toContain('kind')
    for (const hidden of ['length', 'sections']) expect(propertiesOf(document, 'article')).not.toContain(hidden)
    expect(propertiesOf(document, 'article.patch')).not.toContain('kind')
    expect(Object.keys(at(document, 'components', 'schemas'))).not.toContain('author')
  })
})

describe('its page', () => {
  it('shows every operation without scripts, whatever titles hold', async () => {
    const note = { title: '<script>alert(1)</script>', type: 'object', properties: {} }
    await product.publish({ 'entity/note': { ...note, properties: { name: { 'x-field': { type: 'text' } } } } })
    const answer = await product.send('/api/docs')
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await answer.text()
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    for (const path of Object.keys(asObject((await read()).paths))) expect(page).toContain(`<code>${path}</code>`)
  })
})
