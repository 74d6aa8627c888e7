import { nearest } from '@heddle/metadata'
import { apiKey } from './api-key.ts'
import type { Command, CommandContext } from './command.ts'
import { startCommand } from './start.ts'

/** Every command by name. */
const commands: { readonly [name: string]: Command } = {
  start: startCommand,
  'api-key': apiKey,
}

/** Runs one command of the command line and returns its exit code. */
export async function runCommand(parameters: readonly string[], context: CommandContext): Promise<number> {
  const [name = '--help', ...rest] = parameters
  if (name === '--help' || name === 'help') {
    console.log(help())
    return 0
  }
  const command = commands[name]
  if (command === undefined) {
    const near = nearest(name, Object.keys(commands))
    console.error(`There is no command “${name}”${near ? `; did you mean “${near}”?` : '.'}\n\n${help()}`)
    return 2
  }
  if (rest.includes('--help')) {
    console.log(`heddle ${name} ${command.usage}\n\n${command.summary}`)
    return 0
  }
  return command.run(rest, context)
}

function help(): string {
  const lines = Object.entries(commands).map(
    ([name, { usage, summary }]) => `  ${`${name} ${usage}`.padEnd(40)} ${summary}`,
  )
  return ['Usage: npx heddle <command>', '', ...lines].join('\n')
}
