import { parseArgs } from 'node:util'
import { type Diagnosis, diagnose } from '../publish/doctor/diagnose.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Tells where the database is not as the metadata says, and how to mend it. */
export const doctor: Command = {
  usage: '[--json]',
  summary: 'Compare the database with the metadata and print a repair plan.',
  run: async (parameters, context) => {
    const { values } = parseArgs({ args: [...parameters], options: { json: { type: 'boolean' } } })
    const diagnosis = await withDatabase(context, diagnose)
    console.log(values.json ? JSON.stringify(diagnosis) : renderDiagnosis(diagnosis))
    return diagnosis.ailments.length === 0 ? 0 : 1
  },
}

function renderDiagnosis({ release, ailments }: Diagnosis): string {
  if (ailments.length === 0) return `The database is as release ${release} says.`
  const lines = ailments.flatMap(({ code, object, message, repair }) => [
    `-- ${code} ${object}: ${message}`,
    ...repair.map((statement) => `${statement};`),
  ])
  return [`-- ${ailments.length} differences from release ${release}; read before you run.`, ...lines].join('\n')
}
