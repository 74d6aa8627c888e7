import type { Address } from '@heddle/metadata'
import type { Draft } from './drafts.ts'

/** The drafts to publish; those that the chosen ones refer to go along. */
export function chooseDrafts(
  drafts: readonly Draft[],
  only: readonly Address[] | undefined,
): { chosen: readonly Draft[]; along: Address[] } {
  if (only === undefined) return { chosen: drafts, along: [] }
  const byAddress = new Map(drafts.map((draft) => [draft.address, draft]))
  const chosen = new Map<Address, Draft>()
  const queue = [...only]
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const draft = byAddress.get(address)
    if (draft === undefined || chosen.has(address)) continue
    chosen.set(address, draft)
    const text = JSON.stringify(draft.body)
    for (const other of byAddress.values()) if (mentions(text, other.address)) queue.push(other.address)
  }
  return { chosen: [...chosen.values()], along: [...chosen.keys()].filter((address) => !only.includes(address)) }
}

/** Only a draft of something new must go along: what is live already can be referred to as it is. */
function mentions(text: string, address: Address): boolean {
  const name = address.slice(address.indexOf('/') + 1)
  return text.includes(JSON.stringify(name))
}
