import { type Address, type Finding, type Layer, validateStepwise } from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { applyDrafts } from './apply-drafts.ts'
import { askQuestions } from './ask-questions.ts'
import { hashOf } from './blobs.ts'
import { differencesBetween, listChanges, type PlannedChange } from './differences.ts'
import type { Draft } from './drafts.ts'
import { hashOfLayers, type LiveState, stateOf } from './live-state.ts'
import { planSteps } from './plan-steps.ts'
import { planStorage } from './plan-storage.ts'
import type { FailingRows, Step } from './steps/step.ts'
import { takeTurns } from './take-turns.ts'

/** A step with what live data says of it. */
export interface PlannedStep extends Step {
  readonly rows: number
  readonly failingRows: readonly { id: string; label: string | null; value: string | null }[]
}

/** What publishing would do. */
export interface Plan {
  readonly planHash: string
  /** The release the plan was made on. */
  readonly release: number
  readonly findings: readonly Finding[]
  readonly changes: readonly PlannedChange[]
  readonly steps: readonly PlannedStep[]
  /** Addresses taken along because what was asked for refers to them. */
  readonly along: readonly Address[]
  readonly drafts: readonly Draft[]
  readonly base: LiveState
  readonly next: LiveState
}

/** Plans the publish of drafts on top of the live state; counts come from live data. */
export async function planDrafts(
  connection: Connection,
  live: LiveState,
  drafts: readonly Draft[],
  only?: readonly Address[],
): Promise<Plan> {
  const { chosen, along } = chooseDrafts(drafts, only)
  const plan = await planLayers(connection, live, applyDrafts(live.layers, chosen, live.storage))
  const planHash = hashOf([plan.planHash, ...chosen.map((draft) => `${draft.address} ${draft.etag}`)])
  return { ...plan, planHash, along, drafts: chosen }
}

/** Plans the publish of whole layers, e.g. of a plugin's new version. */
export async function planLayers(connection: Connection, live: LiveState, layers: readonly Layer[]): Promise<Plan> {
  const unplanned = stateOf(live.release.number + 1, layers, live.storage)
  const findings = await takeTurns(validateStepwise(unplanned.folded, live.storage))
  const isValid = findings.every((finding) => finding.severity !== 'error')
  const storage = isValid ? planStorage(unplanned.release, live) : live.storage
  const next = isValid ? stateOf(live.release.number + 1, layers, storage) : unplanned
  const steps = isValid ? await countSteps(connection, live, planSteps(live.release, next.release)) : []
  const differences = differencesBetween(live.folded.definitions, next.folded.definitions)
  const questions = askQuestions(differences, next.release, live.storage)
  return {
    planHash: hashOf([live.release.number, hashOfLayers(layers)]),
    release: live.release.number,
    findings: [...findings, ...questions, ...steps.flatMap(failingFinding)],
    changes: listChanges(differences),
    steps,
    along: [],
    drafts: [],
    base: live,
    next,
  }
}

/** The drafts to publish; those that the chosen ones refer to go along. */
function chooseDrafts(
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

async function countSteps(connection: Connection, live: LiveState, steps: readonly Step[]): Promise<PlannedStep[]> {
  const counts = new Map<string, number>()
  const planned: PlannedStep[] = []
  for (const step of steps) {
    const table = live.release.entity(step.address.slice('entity/'.length))?.table
    const rows = table === undefined ? 0 : (counts.get(table) ?? (await estimateRows(connection, table)))
    if (table !== undefined) counts.set(table, rows)
    planned.push({ ...step, rows, failingRows: step.failing ? await failingRows(connection, step.failing) : [] })
  }
  return planned
}

/** The planner's estimate where it is large, an exact count where that is cheap. */
async function estimateRows(connection: Connection, table: string): Promise<number> {
  const [estimate] = await connection<{ rows: number }[]>`
    select coalesce(max(reltuples), -1)::int as rows from pg_class
    where relnamespace = 'app'::regnamespace and relname = ${table}`
  if (estimate !== undefined && estimate.rows > 50_000) return estimate.rows
  const [count] = await connection<{ rows: number }[]>`select count(*)::int as rows from app.${connection(table)}`
  return count?.rows ?? 0
}

async function failingRows(connection: Connection, failing: FailingRows): Promise<PlannedStep['failingRows']> {
  const rows = await connection.unsafe<{ id: string; label: string | null; value: string | null }[]>(failing.query)
  return rows.map(({ id, label, value }) => ({ id, label, value }))
}

function failingFinding(step: PlannedStep): Finding[] {
  if (step.failing === undefined || step.failingRows.length === 0) return []
  const { code, message } = step.failing
  return [{ severity: 'error', address: step.address, path: step.path, code, message }]
}
