import type { Definition } from '../definition.ts'
import type { Reporter } from '../findings.ts'
import type { Release } from '../release/compile-release.ts'

/** What a kind's check may look at: the release as it would be. */
export interface CheckContext {
  readonly release: Release
}

/** What belongs to one kind of definition. */
export interface KindDefinition {
  /** The folder of a plugin that holds its files. */
  readonly folder: string
  /** JSON Schema of the body. */
  readonly schema: object
  /** Everything the schema cannot say: references, names, expressions. Runs only on bodies the schema accepts. */
  readonly check: (definition: Definition, context: CheckContext, report: Reporter) => void
}
