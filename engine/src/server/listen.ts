import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSecureContext } from 'node:tls'
import { serve } from '@hono/node-server'
import type { Config } from '../config.ts'
import { addressTaken, configInvalid } from '../errors.ts'
import { protectAnswers } from './protect-answers.ts'

/** Requests under way have this long to finish after the stop. */
const graceMs = 10_000
const idleCheckMs = 50
/** Longer than a proxy keeps an idle connection, so that it never sends a request into one we are closing. */
const keepAliveTimeout = 75_000

/** An open port. */
export interface Listening {
  readonly url: string
  /** Takes no more requests and waits for those under way, at most ten seconds. */
  close(): Promise<void>
}

type Options = Pick<Config, 'host' | 'port' | 'tls'> & Partial<Pick<Config, 'trustedProxy'>>
type Server = ReturnType<typeof serve>

/**
 * Answers HTTP, or HTTPS with the configured certificate.
 * @throws Fault when the certificate cannot be used or the address is taken
 */
export async function listen(fetch: (request: Request) => Response | Promise<Response>, options: Options) {
  const { host, port, tls } = options
  const secure = tls === undefined ? undefined : readCertificate(tls)
  const server = serve({
    fetch,
    hostname: host,
    port,
    ...(secure === undefined
      ? { createServer: createHttpServer, serverOptions: { keepAliveTimeout } }
      : { createServer: createHttpsServer, serverOptions: { ...secure, keepAliveTimeout } }),
  })
  protectAnswers(server, options.trustedProxy)
  const address = await listeningAddress(server, options)
  const scheme = secure === undefined ? 'http' : 'https'
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `${scheme}://${name}:${address.port}`, close: () => closeServer(server) } satisfies Listening
}

function readCertificate({ cert, key }: NonNullable<Config['tls']>): { cert: Buffer; key: Buffer } {
  const read = { cert: readPem('HEDDLE_TLS_CERT', cert), key: readPem('HEDDLE_TLS_KEY', key) }
  try {
    createSecureContext(read)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw configInvalid(
      'HEDDLE_TLS_CERT',
      `is no PEM certificate for HEDDLE_TLS_KEY (${reason}).`,
      '/etc/heddle/cert.pem',
    )
  }
  return read
}

function readPem(name: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const reason = error instanceof Error ? Reflect.get(error, 'code') : error
    throw configInvalid(name, `“${path}” cannot be read (${reason}).`, '/etc/heddle/cert.pem')
  }
}

function listeningAddress(server: Server, { host, port }: Options): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code: unknown = Reflect.get(error, 'code')
      const isTaken = code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL'
      reject(isTaken ? addressTaken(host, port, code) : error)
    })
    server.once('listening', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no TCP address.'))
      else resolve(address)
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection kept alive turns idle only after its last answer.
    const idle = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), idleCheckMs)
    const forced = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(forced)
      resolve()
    })
  })
}
