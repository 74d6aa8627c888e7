import type { Json, JsonObject } from '@heddle/metadata'
import type { LiveRelease } from '../publish/live-release.ts'
import type { FailingRow } from '../publish/plan.ts'
import type { Database, Transaction } from '../storage/connect.ts'

/** A claimed deferred step. */
export interface Job {
  readonly id: string
  readonly kind: string
  readonly address: string
  readonly detail: JsonObject
  /** How many units were done when it was claimed. */
  readonly done: number
}

/** What a job may use, and how it tells how far it is. */
export interface JobContext {
  readonly database: Database
  readonly live: LiveRelease
  /** Fires when the process stops: the job ends where it can go on later. */
  readonly stopping: AbortSignal
  /**
   * Writes progress, with new detail to go on from after a kill, in the given transaction.
   * @throws JobCancelled when the job was called off
   */
  report(
    connection: Database | Transaction,
    progress: { readonly done: number; readonly total: number; readonly detail?: JsonObject },
  ): Promise<void>
}

/** How a job ended. */
export type JobOutcome =
  | { readonly state: 'done' }
  /** Rows break the rule: somebody corrects them and asks for another try. */
  | { readonly state: 'failed'; readonly message: string; readonly rows: readonly FailingRow[] }
  /** The process stops; any process goes on. */
  | { readonly state: 'paused' }
  /** It has marked itself as done, together with what it achieved. */
  | { readonly state: 'settled' }

/** Does one kind of deferred work: repeatable from any point it can be killed at. */
export type JobKind = (job: Job, context: JobContext) => Promise<JobOutcome>

/** Thrown out of a job that a publish has made needless. */
export class JobCancelled extends Error {}

/** The text under `name` in a job's detail. */
export function textOf(job: Job, name: string): string {
  const value: Json | undefined = job.detail[name]
  if (typeof value !== 'string') throw new Error(`The deferred step ${job.id} has no “${name}”.`)
  return value
}
