import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { spawnHeddle } from '../testing/heddle-process.ts'

async function run(parameters: readonly string[], environment: Record<string, string> = {}) {
  const dataDir = join(tmpdir(), 'heddle-never-made')
  const command = spawnHeddle(parameters, { HEDDLE_DEMO: 'none', HEDDLE_DATA_DIR: dataDir, ...environment })
  const code = await command.ended
  const complaints = command.complaints()
  return { code, complaints, output: command.output().slice(complaints.length) }
}

test.each([[[]], [['--help']], [['-h']], [['help']]])('“heddle %j” lists the commands', async (parameters) => {
  const { code, output } = await run(parameters, { PORT: 'wrong, but help needs none' })
  expect(code).toBe(0)
  expect(output).toMatch(/^Usage: npx heddle <command>\n\n {2}start /)
})

test.each(['start', 'api-key'])('“heddle %s --help” tells how it is used and runs nothing', async (name) => {
  const { code, output } = await run([name, '--help'])
  expect(code).toBe(0)
  expect(output).toMatch(new RegExp(`^heddle ${name} `))
})

test.each([
  [['stat'], 'There is no command “stat”; did you mean “start”?'],
  [['constructor'], 'There is no command “constructor”'],
  [['start', '--prot', '80'], "Unknown option '--prot'"],
  [['start', 'now'], "Unexpected argument 'now'"],
  [['api-key'], 'Usage: heddle api-key create --role <role>'],
  [['api-key', 'create'], 'Usage: heddle api-key create --role <role>'],
  [['api-key', 'create', '--role', 'admin', '--expires', 'soon'], '[--expires <date>]'],
  [['api-key', 'create', '--role'], "Option '--role <value>' argument missing"],
])('“heddle %j” is wrong usage', async (parameters, complaint) => {
  const { code, complaints, output } = await run(parameters)
  expect(code).toBe(2)
  expect(complaints).toContain(complaint)
  expect(output).toBe('')
})

test('a refused command says why on standard error', async () => {
  const { code, complaints } = await run(['api-key', 'create', '--role', 'admin'], { PORT: 'web' })
  expect(code).toBe(1)
  expect(complaints).toMatch(/^PORT: “web” is no port/)
})

test('with --json a refusal is for machines', async () => {
  const { code, complaints } = await run(['api-key', 'create', '--role', 'admin', '--json'], { PORT: 'web' })
  expect(code).toBe(1)
  expect(JSON.parse(complaints)).toEqual({ code: 'config.invalid', message: expect.stringContaining('PORT: ') })
})
