import { nearest } from '@heddle/metadata'
import { Fault } from '../errors.ts'
import { EmbeddedError } from '../storage/embedded/embedded-errors.ts'
import { apiKey } from './api-key.ts'
import { applyCommand } from './apply.ts'
import type { Command, CommandContext } from './command.ts'
import { doctor } from './doctor.ts'
import { exportCommand } from './export.ts'
import { planCommand } from './plan.ts'
import { startCommand } from './start.ts'
import { typesCommand } from './types.ts'
import { UsageError } from './usage-error.ts'

/** Every command by name. */
const commands: { readonly [name: string]: Command } = {
  start: startCommand,
  plan: planCommand,
  apply: applyCommand,
  export: exportCommand,
  types: typesCommand,
  'api-key': apiKey,
  doctor,
}

/**
 * Runs one command of the command line and returns its exit code: 0 done, 1 refused, 2 wrong usage. `load` reads the
 * configuration, which help does without.
 */
export async function runCommand(parameters: readonly string[], load: () => CommandContext): Promise<number> {
  const [name = '--help', ...rest] = parameters
  if (isHelp(name)) {
    console.log(help())
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    const near = nearest(name, Object.keys(commands))
    console.error(`There is no command “${name}”${near ? `; did you mean “${near}”?` : '.'}\n\n${help()}`)
    return 2
  }
  if (rest.some(isHelp)) {
    console.log(`heddle ${name} ${command.usage}\n\n${command.summary}`)
    return 0
  }
  try {
    return await command.run(rest, load())
  } catch (error) {
    return tell(error, name, command, rest.includes('--json'))
  }
}

const isHelp = (parameter: string) => ['--help', '-h', 'help'].includes(parameter)

/** Says on standard error why a command was refused; what is no refusal is a bug and goes on. */
function tell(error: unknown, name: string, command: Command, isJson: boolean): number {
  if (isUsageError(error)) {
    console.error(`${error.message}\nUsage: heddle ${name} ${command.usage}`)
    return 2
  }
  if (!(error instanceof Fault) && !(error instanceof EmbeddedError)) throw error
  console.error(isJson ? JSON.stringify(forMachines(error)) : forPeople(error))
  return 1
}

function forPeople(error: Fault | EmbeddedError): string {
  const { message } = error
  const errors = error instanceof Fault ? error.errors.filter((each) => each.message !== message) : []
  return [message, ...errors.map((each) => `  ${each.path}  ${each.message}`)].join('\n')
}

function forMachines(error: Fault | EmbeddedError) {
  const { message } = error
  if (!(error instanceof Fault)) return { code: 'database.embedded', message }
  const { code, errors, data } = error
  return { code, message, ...(errors.length > 0 ? { errors } : {}), ...data }
}

function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS_')
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { usage, summary }]) => `  ${name} ${usage}\n      ${summary}`)
  return ['Usage: npx heddle <command>', '', ...lines].join('\n')
}
