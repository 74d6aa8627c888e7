import { readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { commandOf, startOf } from './process-identity.ts'

/** What a server's postmaster.pid says about it. */
export interface Postmaster {
  pid: number
  port: number
  /** Empty when it listens on no unix socket. */
  socketDirectory: string
  /** "starting", "ready" or "stopping"; empty in its first moments. */
  status: string
}

/** `left`: a file whose process is gone or another program. `doubtful`: a PostgreSQL, but it cannot be told whose. */
export type FoundServer = { state: 'none' } | { state: 'left' | 'running' | 'doubtful'; postmaster: Postmaster }

export const postmasterFile = (data: string): string => join(data, 'postmaster.pid')

/** Looks for a server that runs on this data folder (a real path). */
export async function findServer(data: string): Promise<FoundServer> {
  const text = await readFile(postmasterFile(data), 'utf8').catch(() => undefined)
  if (text === undefined) return { state: 'none' }
  const postmaster = parsePostmaster(text)
  return { state: await judge(postmaster.pid, data), postmaster }
}

export function parsePostmaster(text: string): Postmaster {
  const lines = text.split('\n').map((line) => line.trim())
  return {
    // Negative while a single-user server has the folder.
    pid: Math.abs(Number(lines[0])),
    port: Number(lines[3] ?? 0),
    socketDirectory: lines[4] ?? '',
    status: lines[7] ?? '',
  }
}

/** Pids come back: the process must be a PostgreSQL and name this folder, or work in it, to count as its server. */
async function judge(pid: number, data: string): Promise<'running' | 'left' | 'doubtful'> {
  if (!pid || (await startOf(pid)) === undefined) return 'left'
  const command = await commandOf(pid)
  if (command === undefined) return 'doubtful'
  if (command.program !== 'postgres') return 'left'
  if (command.arguments.some((argument) => argument === data || argument.includes(` ${data} `))) return 'running'
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (folder !== undefined) return folder === data ? 'running' : 'left'
  return (await isOfOtherUser(pid, data)) ? 'left' : 'doubtful'
}

async function isOfOtherUser(pid: number, data: string): Promise<boolean> {
  const [server, folder] = await Promise.all([`/proc/${pid}`, data].map((path) => stat(path).catch(() => undefined)))
  return server !== undefined && folder !== undefined && server.uid !== folder.uid
}
