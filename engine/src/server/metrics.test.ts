import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { createMetrics } from './metrics.ts'

let product: TestProduct
beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

test('a key reads what was answered, and from elsewhere nobody without one', async () => {
  await product.request('GET', '/api/records/nothing')
  const answer = await product.send('/metrics')
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await answer.text()).toContain('heddle_http_requests_total{method="GET",status="404"} 1\n')
  expect((await product.send('/metrics', {}, 'wrong')).status).toBe(401)
})

test('times are counted in all buckets that they fit into, and unknown methods as one', () => {
  const metrics = createMetrics()
  metrics.count('GET', 200, 0.02)
  metrics.count('GET', 200, 30)
  metrics.count('PROPFIND', 404, 0.001)
  const lines = metrics.render(7).split('\n')
  for (const line of [
    'heddle_http_requests_total{method="GET",status="200"} 2',
    'heddle_http_requests_total{method="other",status="404"} 1',
    'heddle_http_request_duration_seconds_bucket{le="0.005"} 1',
    'heddle_http_request_duration_seconds_bucket{le="0.025"} 2',
    'heddle_http_request_duration_seconds_bucket{le="10"} 2',
    'heddle_http_request_duration_seconds_bucket{le="+Inf"} 3',
    'heddle_release 7',
  ]) {
    expect(lines).toContain(line)
  }
})
