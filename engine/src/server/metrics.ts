/** What a process has answered, for `/metrics`. */
export interface Metrics {
  count(method: string, status: number, seconds: number): void
  /** The Prometheus text format, version 0.0.4. */
  render(release: number): string
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
// A client can make up any word; each would be a series for ever.
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

export function createMetrics(): Metrics {
  const answers = new Map<string, number>()
  const buckets = bounds.map(() => 0)
  let total = 0
  let sum = 0
  return {
    count: (method, status, seconds) => {
      const labels = `method="${methods.has(method) ? method : 'other'}",status="${status}"`
      answers.set(labels, (answers.get(labels) ?? 0) + 1)
      total++
      sum += seconds
      const bucket = bounds.findIndex((bound) => seconds <= bound)
      if (bucket >= 0) buckets[bucket] = (buckets[bucket] ?? 0) + 1
    },
    render: (release) => {
      let below = 0
      const durations = bounds.map((bound, index) => {
        below += buckets[index] ?? 0
        return `heddle_http_request_duration_seconds_bucket{le="${bound}"} ${below}`
      })
      return [
        ...series('heddle_http_requests_total', 'counter', 'Requests answered.'),
        ...[...answers].map(([labels, count]) => `heddle_http_requests_total{${labels}} ${count}`),
        ...series('heddle_http_request_duration_seconds', 'histogram', 'Time until an answer began.'),
        ...durations,
        `heddle_http_request_duration_seconds_bucket{le="+Inf"} ${total}`,
        `heddle_http_request_duration_seconds_sum ${sum}`,
        `heddle_http_request_duration_seconds_count ${total}`,
        ...gauge('heddle_release', 'Number of the live release.', release),
        ...gauge('process_resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()),
        ...gauge('process_uptime_seconds', 'How long the process has run.', process.uptime()),
        '',
      ].join('\n')
    },
  }
}

function series(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function gauge(name: string, help: string, value: number): string[] {
  return [...series(name, 'gauge', help), `${name} ${value}`]
}
