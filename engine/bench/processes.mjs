// Starts the processes that are measured, and looks at them from outside.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A port nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

const startLimitMs = 120_000
const alive = new Set()

/** Stops every process that was started here and still runs. */
export async function stopProcesses() {
  await Promise.all([...alive].map(stopProcess))
}

/** Starts a Node process and waits until `isReady` says so; a process that ends before that is an error. */
export async function startProcess(args, { env, isReady }) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  alive.add(child)
  const complaints = []
  child.stderr.on('data', (chunk) => complaints.push(chunk))
  const startedAt = performance.now()
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended at its start:\n${Buffer.concat(complaints)}`)
    if (performance.now() - startedAt > startLimitMs) {
      child.kill('SIGKILL')
      throw new Error(`${args[0]} does not answer:\n${Buffer.concat(complaints)}`)
    }
    await pause(5)
  }
  return { pid: child.pid, startMs: performance.now() - startedAt, stop: () => stopProcess(child) }
}

function stopProcess(child) {
  alive.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const forced = setTimeout(() => child.kill('SIGKILL'), 20_000)
    child.once('exit', () => {
      clearTimeout(forced)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** Makes the kernel forget the process's peak memory so far; only Linux keeps one. */
export function resetPeakMemory(pid) {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** The peak resident memory in MB since the reset, undefined where the kernel does not tell. */
export function peakMemory(pid) {
  if (process.platform !== 'linux') return undefined
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}
