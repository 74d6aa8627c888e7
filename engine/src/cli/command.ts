import type { Config } from '../config.ts'
import type { Places } from '../start.ts'

/** What a command may use. */
export interface CommandContext {
  readonly config: Config
  readonly root: string
  readonly places: Places
}

/** A command of the `heddle` command line. */
export interface Command {
  /** Arguments as shown in the help. */
  readonly usage: string
  readonly summary: string
  /** Runs it; the exit code: 0 done, 1 refused, 2 wrong usage. */
  readonly run: (parameters: readonly string[], context: CommandContext) => Promise<number>
}
