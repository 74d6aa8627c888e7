import {
  type Address,
  asText,
  entityIdOf,
  type Finding,
  parseAddress,
  referencesOf,
  validateDefinitions,
} from '@heddle/metadata'
import { applyDrafts } from './apply-drafts.ts'
import type { Draft } from './drafts.ts'
import { type LiveState, stateOf } from './live-state.ts'

/** The drafts of a publish. */
export interface ChosenDrafts {
  readonly chosen: readonly Draft[]
  /** Addresses that nobody asked for and without which the others make no whole. */
  readonly along: Address[]
}

/**
 * The drafts to publish when only some are asked for. A draft that these refer to goes along when without it something
 * would dangle; one that they can do without stays a draft, however much it is unfinished.
 */
export function chooseDrafts(
  live: LiveState,
  drafts: readonly Draft[],
  only: readonly Address[] | undefined,
): ChosenDrafts {
  if (only === undefined) return { chosen: drafts, along: [] }
  const chosen = new Set(only)
  for (;;) {
    const missing = [...otherHalves(live, drafts, chosen), ...missingDrafts(live, drafts, chosen)]
    if (missing.length === 0) break
    for (const address of missing) chosen.add(address)
  }
  return {
    chosen: drafts.filter((draft) => chosen.has(draft.address)),
    along: [...chosen].filter((address) => !only.includes(address)),
  }
}

/** An entity is renamed by two drafts: the new name takes the identity, the old one goes. */
function otherHalves(live: LiveState, drafts: readonly Draft[], chosen: ReadonlySet<Address>): Address[] {
  const identity = ({ address, body, isRemoved }: Draft): string | undefined => {
    const known = live.folded.definitions.get(address)
    if (parseAddress(address)?.kind !== 'entity') return undefined
    return isRemoved ? known && entityIdOf(known) : asText(body['x-id'])
  }
  const identities = new Set(drafts.filter((draft) => chosen.has(draft.address)).map(identity))
  return drafts
    .filter((draft) => !chosen.has(draft.address))
    .filter((draft) => identity(draft) !== undefined && identities.has(identity(draft)))
    .map((draft) => draft.address)
}

function missingDrafts(live: LiveState, drafts: readonly Draft[], chosen: ReadonlySet<Address>): Address[] {
  const others = drafts.filter((draft) => !chosen.has(draft.address))
  const wanted = drafts.filter((draft) => chosen.has(draft.address))
  if (others.length === 0) return []
  const { folded, release } = stateOf(0, applyDrafts(live.layers, wanted, live.storage), live.storage)
  const faults = validateDefinitions(folded, live.storage).filter((finding) => finding.severity === 'error')
  const addresses = new Set(faults.map((fault: Finding) => fault.address))
  const referred = new Set(
    [...addresses].flatMap((address) => {
      const definition = chosen.has(address) ? folded.definitions.get(address) : undefined
      return definition === undefined ? [] : [...referencesOf(definition, release)]
    }),
  )
  const isNew = ({ address }: Draft) => !live.folded.definitions.has(address)
  const candidates = others.filter(
    (draft) => addresses.has(draft.address) || (referred.has(draft.address) && !draft.isRemoved),
  )
  const absent = candidates.filter((draft) => isNew(draft) || addresses.has(draft.address))
  return (absent.length > 0 ? absent : candidates).map((draft) => draft.address)
}
