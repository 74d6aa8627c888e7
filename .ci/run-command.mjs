import { spawn } from 'node:child_process'

/** Runs a command to its end, without colours; its exit code, everything it printed, and how long it took. */
export function runCommand([program, ...parameters], folder) {
  const started = Date.now()
  const { FORCE_COLOR: _forced, ...environment } = process.env
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, NO_COLOR: '1' },
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output, seconds: (Date.now() - started) / 1000 }))
  })
}
