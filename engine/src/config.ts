import { isAbsolute, join } from 'node:path'
import { configInvalid } from './errors.ts'

/** What the environment decides; see the table in the README. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly directUrl: string | undefined
  readonly secretKey: string | undefined
  readonly adminEmail: string
  readonly adminPassword: string | undefined
  readonly demo: string | undefined
  readonly demoPassword: string | undefined
  readonly logLevel: string
}

type Variables = { readonly [name: string]: string | undefined }

/**
 * Parses the environment. `root` is the checkout, `defaultDemo` the root package's choice.
 * @throws Fault naming the variable, what is wrong and an example
 */
export function parseConfig(variables: Variables, root: string, defaultDemo: string | undefined): Config {
  const host = variables.HOST ?? '127.0.0.1'
  requireSafeHost(host, variables)
  const databaseUrl = parseDatabaseUrl('DATABASE_URL', variables)
  const dataDir = variables.HEDDLE_DATA_DIR ?? '.heddle'
  const secretKey = parseSecret(variables.HEDDLE_SECRET_KEY)
  if (databaseUrl !== undefined && secretKey === undefined) {
    throw configInvalid(
      'HEDDLE_SECRET_KEY',
      'is required with DATABASE_URL, so that every process signs sessions alike.',
      '$(openssl rand -base64 32)',
    )
  }
  return {
    port: parsePort(variables.PORT),
    host,
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    databaseUrl,
    directUrl: parseDatabaseUrl('DATABASE_DIRECT_URL', variables) ?? databaseUrl,
    secretKey,
    adminEmail: parseEmail(variables.HEDDLE_ADMIN_EMAIL ?? 'admin@heddle.example'),
    adminPassword: parsePassword('HEDDLE_ADMIN_PASSWORD', variables.HEDDLE_ADMIN_PASSWORD),
    demo: parseDemo(variables.HEDDLE_DEMO ?? defaultDemo),
    demoPassword: parsePassword('HEDDLE_DEMO_PASSWORD', variables.HEDDLE_DEMO_PASSWORD),
    logLevel: parseLogLevel(variables.HEDDLE_LOG_LEVEL),
  }
}

function parsePort(text: string | undefined): number {
  if (text === undefined || text === '') return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw configInvalid('PORT', `“${text}” is no port; use a number from 1 to 65535.`, '3000')
  }
  return port
}

function requireSafeHost(host: string, variables: Variables): void {
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(host)
  const isProtected = variables.HEDDLE_TRUSTED_PROXY !== undefined
  if (isLoopback || isProtected) return
  throw configInvalid(
    'HOST',
    `plain HTTP on “${host}” is refused: passwords would travel readable. Put a TLS proxy in front and set HEDDLE_TRUSTED_PROXY to its address.`,
    '127.0.0.1',
  )
}

function parseDatabaseUrl(name: string, variables: Variables): string | undefined {
  const text = variables[name]
  if (text === undefined || text === '') return undefined
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw configInvalid(name, 'is no PostgreSQL address.', 'postgres://heddle:secret@db.example:5432/heddle')
  }
  return text
}

function parseSecret(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (text.length < 32)
    throw configInvalid('HEDDLE_SECRET_KEY', 'needs at least 32 characters.', '$(openssl rand -base64 32)')
  return text
}

function parseEmail(text: string): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text.toLowerCase()
  throw configInvalid('HEDDLE_ADMIN_EMAIL', `“${text}” is no e-mail address.`, 'admin@company.example')
}

function parsePassword(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (text.length < 10) throw configInvalid(name, 'needs at least 10 characters.', "'a long sentence is good'")
  return text
}

function parseDemo(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text === 'none') return undefined
  if (/^[a-z][a-z0-9]*$/.test(text)) return text
  throw configInvalid('HEDDLE_DEMO', `“${text}” is no plugin's name.`, 'none')
}

function parseLogLevel(text: string | undefined): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (text === undefined || text === '') return 'info'
  if (levels.includes(text)) return text
  throw configInvalid('HEDDLE_LOG_LEVEL', `“${text}” is no level; use one of ${levels.join(', ')}.`, 'info')
}
