import { nearest } from '@heddle/metadata'
import { Fault } from '../errors.ts'
import { EmbeddedError } from '../storage/embedded/embedded-errors.ts'
import { apiKey } from './api-key.ts'
import type { Command, CommandContext } from './command.ts'
import { doctor } from './doctor.ts'
import { startCommand } from './start.ts'

/** Every command by name. */
const commands: { readonly [name: string]: Command } = {
  start: startCommand,
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
  const command = commands[name]
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
  const code = error instanceof Fault ? error.code : 'database.embedded'
  console.error(isJson ? JSON.stringify({ code, message: error.message }) : error.message)
  return 1
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS_')
}

function help(): string {
  const lines = Object.entries(commands).map(
    ([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(56)} ${summary}`,
  )
  return ['Usage: npx heddle <command>', '', ...lines].join('\n')
}
