import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { FolderWish } from '../plugins/apply-folder.ts'
import { readLayerSource } from '../plugins/layer-source.ts'
import type { LiveState } from '../publish/live-state.ts'
import type { Acceptance } from '../publish/publish.ts'
import { isAcceptable } from '../publish/steps/step.ts'
import { UsageError } from './usage-error.ts'

/** What `plan` and `apply` are told. */
export interface FolderParameters {
  readonly folder: string
  readonly isPruning: boolean
  readonly isJson: boolean
  readonly acceptance: Acceptance
}

const shared = { prune: { type: 'boolean' }, json: { type: 'boolean' } } as const

/** The parameters of `plan`. @throws UsageError */
export function parsePlanParameters(parameters: readonly string[]): FolderParameters {
  const { values, positionals } = parseArgs({ args: [...parameters], allowPositionals: true, options: shared })
  return { ...flagsOf(values), folder: onlyPath(positionals), acceptance: { accept: [], confirm: undefined } }
}

/** The parameters of `apply`. @throws UsageError */
export function parseApplyParameters(parameters: readonly string[]): FolderParameters {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { ...shared, accept: { type: 'string', multiple: true }, confirm: { type: 'string', multiple: true } },
  })
  const accept = (values.accept ?? []).flatMap((list) => list.split(','))
  const unknown = accept.find((each) => !isAcceptable(each))
  if (unknown !== undefined) throw new UsageError(`“${unknown}” is nothing to accept; guarded and destructive are.`)
  return {
    ...flagsOf(values),
    folder: onlyPath(positionals),
    acceptance: { accept: accept.filter(isAcceptable), confirm: values.confirm },
  }
}

/** The one path that a command is given, absolute. @throws UsageError */
export function onlyPath(positionals: readonly string[]): string {
  const [path, more] = positionals
  if (path === undefined || more !== undefined) throw new UsageError('Give exactly one path.')
  return resolve(path)
}

/** What to do with the folder, read for the layers that are live. */
export async function folderWish({ folder, isPruning }: FolderParameters, live: LiveState): Promise<FolderWish> {
  return { source: await readLayerSource(folder, live.layers), missing: isPruning ? 'remove' : 'keep' }
}

function flagsOf(values: { readonly prune?: boolean; readonly json?: boolean }) {
  return { isPruning: values.prune === true, isJson: values.json === true }
}
