import { setTimeout } from 'node:timers/promises'
import { parsePointer } from '@heddle/metadata'
import { busy } from '../errors.ts'
import { passFault } from '../faults.ts'
import type { Database, Transaction } from '../storage/connect.ts'
import { sqlState } from '../storage/in-transaction.ts'
import { recordDeferred } from './deferred-steps.ts'
import { forgetDrafts } from './drafts.ts'
import { type LiveState, saveState } from './live-state.ts'
import type { KnownFailing, Plan } from './plan.ts'
import { confirmationMissing, planNotAccepted, planRefused, planStale } from './publish-errors.ts'
import type { Step, StepClass } from './steps/step.ts'

/** What an administrator accepted of a plan. */
export interface Acceptance {
  readonly accept: readonly StepClass[]
  /** The typed name of what goes for good; a list for several. */
  readonly confirm: string | readonly string[] | undefined
}

/** The channel on which processes learn of a new release. */
export const releaseChannel = 'heddle_release'

const lockTimeoutMs = 200
const maximumTries = 25

/** SQLSTATEs of a table that others hold: lock timeout, deadlock. */
const busyStates: ReadonlySet<string> = new Set(['55P03', '40P01'])
/** SQLSTATEs of a row that broke a rule after it was counted: planning again names it. */
const brokenStates: ReadonlySet<string> = new Set(['23503', '23505', '23514'])

/**
 * Publishes in ONE transaction: advisory lock, plan again, DDL, release row, NOTIFY. `replan` makes the plan inside the
 * transaction, so that what was read is what is done. DDL that waits too long for a table gives way and is tried again.
 * `database` must not be behind a pooler of transactions.
 * @throws Fault 409 when the plan is stale or not accepted, 422 when findings forbid it, 503 when tables stay busy
 */
export async function publish(
  database: Database,
  options: {
    readonly replan: (transaction: Transaction, known: KnownFailing) => Promise<Plan>
    readonly planHash: string | undefined
    readonly acceptance: Acceptance
    readonly actor: string | null
  },
): Promise<LiveState> {
  const known: KnownFailing = new Map()
  for (let attempt = 1; ; attempt++) {
    try {
      const next = (await database.begin((transaction) => publishOnce(transaction, options, known))) as LiveState
      passFault('publish.after-commit')
      return next
    } catch (error) {
      const reason = reasonToTryAgain(error)
      if (attempt >= maximumTries && reason === 'busy') throw busy()
      if (attempt >= maximumTries || reason === undefined) throw error
      if (reason === 'broken') known.clear()
      await setTimeout(20 + Math.random() * 20 * attempt)
    }
  }
}

function reasonToTryAgain(error: unknown): 'busy' | 'broken' | undefined {
  const state = sqlState(error) ?? ''
  if (busyStates.has(state)) return 'busy'
  return brokenStates.has(state) ? 'broken' : undefined
}

async function publishOnce(
  transaction: Transaction,
  { replan, planHash, acceptance, actor }: Parameters<typeof publish>[1],
  known: KnownFailing,
): Promise<LiveState> {
  passFault('publish.before-lock')
  await transaction`select pg_advisory_xact_lock(hashtext('heddle.publish'))`
  const plan = await replan(transaction, known)
  if (planHash !== undefined && plan.planHash !== planHash) throw planStale()
  requireAcceptance(plan, acceptance)
  await saveState(transaction, plan.next, { base: plan.base, changes: JSON.parse(JSON.stringify(plan.changes)), actor })
  await transaction`
    insert into heddle.live (release) values (${plan.next.release.number})
    on conflict (one) do update set release = excluded.release`
  await forgetDrafts(transaction, plan.drafts)
  await recordDeferred(transaction, plan.next.release.number, plan.steps)
  // The driver's own notify() would take another connection: too early, and none may be free until this one commits.
  await transaction`select pg_notify(${releaseChannel}, ${String(plan.next.release.number)})`
  // Last, because from here to the commit every request for these tables waits.
  await transaction.unsafe(`set local lock_timeout = '${lockTimeoutMs}ms'`)
  for (const statement of plan.steps.flatMap((step) => step.sql)) {
    await transaction.unsafe(statement)
    passFault('publish.after-ddl')
  }
  passFault('publish.before-commit')
  return plan.next
}

function requireAcceptance(plan: Plan, { accept, confirm }: Acceptance): void {
  const errors = plan.findings.filter((finding) => finding.severity === 'error')
  if (errors.length > 0) {
    throw planRefused(errors.map(({ address, path, code, message }) => ({ path: `/${address}${path}`, code, message })))
  }
  for (const stepClass of ['guarded', 'destructive'] as const) {
    const steps = plan.steps.filter((step) => step.class === stepClass)
    if (steps.length === 0) continue
    if (!accept.includes(stepClass)) {
      throw planNotAccepted(
        steps.map((step) => step.text),
        stepClass,
      )
    }
    const typed = new Set(typeof confirm === 'string' ? [confirm] : confirm)
    const missing = stepClass === 'destructive' ? namesOf(steps).filter((name) => !typed.has(name)) : []
    if (missing.length > 0) throw confirmationMissing(...missing)
  }
}

/** What steps take away: an entity by its name, one of its fields as entity.field. */
function namesOf(steps: readonly Step[]): string[] {
  return [
    ...new Set(steps.map(({ address, path }) => [address.split('/')[1], ...parsePointer(path).slice(1)].join('.'))),
  ]
}
