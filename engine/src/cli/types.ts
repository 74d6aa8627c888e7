import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { systemActor } from '../access/actor.ts'
import { findEntity } from '../access/entity-lookup.ts'
import { loadLiveState } from '../publish/live-state.ts'
import type { Command } from './command.ts'
import { entityTypes } from './entity-types.ts'
import { onlyPath } from './folder-parameters.ts'
import { withDatabase } from './with-database.ts'

/** Writes TypeScript types of the live release's records. */
export const typesCommand: Command = {
  usage: '<file> [--entity <name>]…',
  summary: 'Write TypeScript types of records: to create, to patch, as read.',
  run: async (parameters, context) => {
    const options = { json: { type: 'boolean' }, entity: { type: 'string', multiple: true } } as const
    const { values, positionals } = parseArgs({ args: [...parameters], allowPositionals: true, options })
    const file = onlyPath(positionals)
    const { release } = await withDatabase(context, (database) => loadLiveState(database))
    const entities = (values.entity ?? release.entityNames).map((name) =>
      findEntity({ release, actor: systemActor }, name),
    )
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, await entityTypes(release, entities))
    const names = entities.map(({ name }) => name)
    console.log(
      values.json
        ? JSON.stringify({ file, release: release.number, entities: names })
        : `Wrote the types of ${names.length} entities to ${file}.`,
    )
    return 0
  },
}
