import {
  type Address,
  asTexts,
  type Finding,
  findKeptStepwise,
  type Layer,
  parseAddress,
  type Storage,
  validateStepwise,
  withoutHeld,
} from '@heddle/metadata'
import type { Connection } from '../storage/connect.ts'
import { applyDrafts } from './apply-drafts.ts'
import { askQuestions } from './ask-questions.ts'
import { hashOf } from './blobs.ts'
import { chooseDrafts } from './choose-drafts.ts'
import { differencesBetween, listChanges, type PlannedChange } from './differences.ts'
import type { Draft } from './drafts.ts'
import { leaveToJobs } from './leave-to-jobs.ts'
import { hashOfLayers, type LiveState, stateOf, withStorage } from './live-state.ts'
import { planSteps, type StepsPlan } from './plan-steps.ts'
import { planStorage } from './plan-storage.ts'
import { rebaseDraft } from './rebase-drafts.ts'
import type { FailingRows, Step } from './steps/step.ts'
import { countTables, type TableSizes } from './table-sizes.ts'
import { giveWay, takeTurns } from './take-turns.ts'
import { planTypeChanges } from './type-changes.ts'

/** A record that breaks a rule: what names it, and the value at fault. */
export interface FailingRow {
  readonly id: string
  readonly label: string | null
  readonly value: string | null
}

/** A step with what live data says of it. */
export interface PlannedStep extends Step {
  readonly rows: number
  readonly failingRows: readonly FailingRow[]
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
  /** The drafts that it publishes, as they are saved. */
  readonly drafts: readonly Draft[]
  readonly base: LiveState
  readonly next: LiveState
}

/** Failing rows that were looked for already, by query: a publish that gave way to others does not look again. */
export type KnownFailing = Map<string, readonly FailingRow[]>

/** Plans the publish of drafts on top of the live state; counts come from live data. */
export async function planDrafts(
  connection: Connection,
  live: LiveState,
  drafts: readonly Draft[],
  only?: readonly Address[],
  known?: KnownFailing,
): Promise<Plan> {
  const rebased = new Map(drafts.map((draft) => [draft.address, rebaseDraft(live, draft)]))
  const current = [...rebased.values()].map(({ draft }) => draft)
  const { chosen, along } = chooseDrafts(live, current, only)
  const plan = await planLayers(connection, live, applyDrafts(live.layers, chosen, live.storage), known)
  const hash = hashOf([plan.planHash, ...chosen.map((draft) => `${draft.address} ${draft.etag}`)])
  const planHash = only === undefined ? hash : `${hash}.${Buffer.from(JSON.stringify(only)).toString('base64url')}`
  const conflicts = chosen.flatMap(({ address }) => rebased.get(address)?.conflicts ?? [])
  const published = new Set(chosen.map(({ address }) => address))
  return {
    ...plan,
    planHash,
    findings: [...conflicts, ...plan.findings],
    along,
    drafts: drafts.filter(({ address }) => published.has(address)),
  }
}

/** The drafts that the plan of this hash was asked for, so that whoever publishes it need not name them again. */
export function selectionOf(planHash: string): Address[] | undefined {
  const [, selection] = planHash.split('.')
  if (selection === undefined) return undefined
  try {
    return asTexts(JSON.parse(Buffer.from(selection, 'base64url').toString()))
  } catch {
    return undefined
  }
}

/** Plans the publish of whole layers, e.g. of a plugin's new version. */
export async function planLayers(
  connection: Connection,
  live: LiveState,
  layers: readonly Layer[],
  known: KnownFailing = new Map(),
): Promise<Plan> {
  const number = live.release.number + 1
  const declared = stateOf(number, layers, withoutHeld(live.storage))
  const differences = differencesBetween(live.folded.definitions, declared.folded.definitions)
  await giveWay()
  const invalid = await takeTurns(validateStepwise(declared.folded, live.storage))
  const plan = {
    planHash: hashOf([live.release.number, hashOfLayers(layers)]),
    release: live.release.number,
    changes: listChanges(differences),
    along: [],
    drafts: [],
    base: live,
  }
  if (hasErrors(invalid)) return { ...plan, findings: invalid, steps: [], next: declared }
  const { changes, findings: impossible } = planTypeChanges(live.release, declared.release)
  const sizes = await countTables(connection, live.release, declared.release)
  const storage = planStorage(declared.release, { live, changes, isBig: sizes.isBig })
  const placed = withStorage(declared, storage)
  await takeTurns(findKeptStepwise(placed.release))
  const next = leaveToJobs(live, placed, sizes.isBig)
  const findings = [...invalid, ...impossible, ...askQuestions(differences, declared.release, live.storage)]
  if (hasErrors(impossible)) return { ...plan, findings, steps: [], next }
  await giveWay()
  const steps = await planCounted(connection, live, next, { changes, known, ...sizes })
  return { ...plan, findings: [...findings, ...steps.flatMap(failingFinding)], steps, next }
}

/** Plans a release of what is live in other places: how deferred work ends. */
export async function planPlaces(connection: Connection, live: LiveState, storage: Storage): Promise<Plan> {
  const settled = stateOf(live.release.number + 1, live.layers, storage)
  const sizes = await countTables(connection, live.release, settled.release)
  const next = leaveToJobs(live, settled, sizes.isBig)
  return {
    planHash: hashOf([live.release.number, 'places']),
    release: live.release.number,
    findings: [],
    changes: [],
    steps: await planCounted(connection, live, next, { changes: new Map(), known: new Map(), ...sizes }),
    along: [],
    drafts: [],
    base: live,
    next,
  }
}

function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

async function planCounted(
  connection: Connection,
  live: LiveState,
  next: LiveState,
  plan: StepsPlan & TableSizes & { readonly known: KnownFailing },
): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = []
  for (const step of planSteps(live.release, next.release, plan)) {
    const name = parseAddress(step.address)?.name ?? ''
    const table = (next.release.entity(name) ?? live.release.entity(name))?.table
    const failing = await lookForFailing(connection, step.failing?.query, plan.known)
    planned.push({ ...step, rows: table === undefined ? 0 : plan.rows(table), failingRows: failing })
  }
  return planned
}

async function lookForFailing(
  connection: Connection,
  query: string | undefined,
  known: KnownFailing,
): Promise<readonly FailingRow[]> {
  if (query === undefined) return []
  const rows = known.get(query) ?? (await failingRows(connection, query))
  known.set(query, rows)
  return rows
}

/** The records that a query of failing rows finds. */
export async function failingRows(connection: Connection, query: FailingRows['query']): Promise<FailingRow[]> {
  const rows = await connection.unsafe<FailingRow[]>(query)
  return rows.map(({ id, label, value }) => ({ id, label, value }))
}

function failingFinding(step: PlannedStep): Finding[] {
  if (step.failing === undefined || step.failingRows.length === 0) return []
  const { code, message } = step.failing
  return [{ severity: 'error', address: step.address, path: step.path, code, message }]
}
