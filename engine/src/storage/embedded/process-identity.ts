import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

/** A process that no later process with the same pid is taken for. */
export interface ProcessIdentity {
  pid: number
  started: string
}

/** This very process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, started: (await startOf(process.pid)) ?? '' }
}

/** Whether exactly this process still runs; in containers small pids come back at once, so the pid alone says little. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await startOf(identity.pid)) === identity.started
}

/** When the process started, in the system's own notation; undefined when it is gone or only a zombie. */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxStart(pid)
  if (process.platform === 'win32') return exists(pid) ? 'running' : undefined
  const line = await ps(pid, 'state=,lstart=')
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '')
}

/** Whether a process with this pid exists, also one of another user. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A process's program (its file name) and its arguments, in one piece where the system does not tell them apart. */
export interface Command {
  program: string
  arguments: string[]
}

/** What a process runs; undefined when the system does not say. */
export async function commandOf(pid: number): Promise<Command | undefined> {
  if (process.platform === 'win32') return undefined
  if (process.platform !== 'linux') {
    return { program: basename(await ps(pid, 'comm=')), arguments: [await ps(pid, 'args=')] }
  }
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const [program = '', ...others] = text.split('\0')
  return { program: basename(program), arguments: others }
}

async function linuxStart(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // Without /proc, as in some chroots, nothing more is known.
  if (stat === undefined) return exists(pid) ? 'running' : undefined
  // The second field is the program's name in brackets and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${await bootId()} ${fields[19]}`
}

const bootId = async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()

function ps(pid: number, format: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-o', format, '-p', String(pid)], { env: { LC_ALL: 'C' } }, (_error, output) =>
      resolve(output.trim()),
    )
  })
}
