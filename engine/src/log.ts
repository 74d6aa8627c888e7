import pino, { type DestinationStream, type Logger } from 'pino'

const secrets = ['authorization', 'cookie', 'password', 'token', 'secret', 'secretKey', 'databaseUrl', 'directUrl']

/** The product's log: a line of JSON per event, to standard output by default; values named like secrets are left out. */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Logger {
  const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino({ level, redact: { paths, censor: '[left out]' } }, destination)
}
