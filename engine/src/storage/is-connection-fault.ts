import { sqlState } from './in-transaction.ts'

/** What Node and the driver say of a connection that is not there or broke. */
const broken: ReadonlySet<string> = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
])

/** True for an error that says nothing of the question, only that the database could not be asked. */
export function isConnectionFault(error: unknown): boolean {
  const code = sqlState(error) ?? ''
  // Failed connections, a database that is gone or shuts down, too many connections.
  if (broken.has(code) || /^(08|3D|57P)/.test(code) || code === '53300') return true
  return typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'connect'
}
