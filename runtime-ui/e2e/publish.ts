import type { APIRequestContext } from '@playwright/test'
import { expect } from '../../.ci/e2e.ts'

/**
 * Publishes definitions (bodies by address) unless another worker has; two that publish at once are told so and look
 * again.
 */
export async function publish(
  api: APIRequestContext,
  definitions: { readonly [address: string]: object },
): Promise<void> {
  const only = Object.keys(definitions)
  await expect(async () => {
    const { items } = await (await api.get('/api/metadata')).json()
    const live = new Set(items.map(({ kind, name }: { kind: string; name: string }) => `${kind}/${name}`))
    if (only.every((address) => live.has(address))) return
    for (const [address, body] of Object.entries(definitions)) {
      await api.put(`/api/metadata/draft/${address}`, { data: { body }, headers: { 'if-match': '*' } })
    }
    const plan = await (await api.post('/api/metadata/plan', { data: { only } })).json()
    const answer = await api.post('/api/metadata/publish', {
      data: { planHash: plan.planHash, only, accept: ['guarded'] },
    })
    expect(answer.status(), await answer.text()).toBe(200)
  }).toPass({ timeout: 30_000 })
}
