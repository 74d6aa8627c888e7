// Runs every check, two at a time, and fails when one does: `npm run check`.
import { fileURLToPath } from 'node:url'
import { checksOf } from './checks.mjs'
import { runCommand } from './run-command.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const waiting = checksOf(root)
const started = Date.now()
const failed = []
const count = waiting.length

async function work() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const { code, output, seconds } = await runCommand(check.command, root)
    console.log(`${code === 0 ? '✔' : '✘'} ${check.name} (${seconds.toFixed(1)} s)`)
    if (code === 0) continue
    failed.push(check.name)
    console.log(output.trimEnd())
  }
}

await Promise.all([work(), work()])
const seconds = ((Date.now() - started) / 1000).toFixed(0)
console.log(
  failed.length === 0
    ? `All ${count} checks hold (${seconds} s).`
    : `${failed.length} of ${count} checks failed (${seconds} s): ${failed.join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1
