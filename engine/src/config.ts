import { isIP } from 'node:net'
import { isAbsolute, join } from 'node:path'
import { configInvalid } from './errors.ts'
import { type ArmedFault, faultPoints } from './faults.ts'

/** What the environment decides; see the table in the README. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Files with the certificate and its key; undefined for plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  /** True when browsers reach the product over HTTPS, by its own certificate or a proxy's. */
  readonly isSecure: boolean
  /** The TLS proxy's address, whose word on where a request comes from is taken. */
  readonly trustedProxy: string | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly directUrl: string | undefined
  readonly secretKey: string | undefined
  readonly adminEmail: string
  readonly adminPassword: string | undefined
  readonly demo: string | undefined
  readonly demoPassword: string | undefined
  readonly logLevel: string
  /** How long a statement that a request makes may run. */
  readonly statementMs: number
  /** Where a test lets the process die; undefined in earnest. */
  readonly fault: ArmedFault | undefined
}

type Variables = { readonly [name: string]: string | undefined }

/**
 * Parses the environment; an empty variable counts as none. `root` is the checkout, `defaultDemo` the root package's
 * choice.
 * @throws Fault naming the variable, what is wrong and an example
 */
export function parseConfig(environment: Variables, root: string, defaultDemo: string | undefined): Config {
  const variables = withoutEmpty(environment)
  const dataDir = variables.HEDDLE_DATA_DIR ?? '.heddle'
  const tls = parseTls(variables, root)
  const trustedProxy = parseTrustedProxy(variables.HEDDLE_TRUSTED_PROXY)
  const isSecure = tls !== undefined || trustedProxy !== undefined
  return {
    port: parsePort(variables.PORT),
    host: parseHost(variables.HOST, isSecure),
    tls,
    isSecure,
    trustedProxy,
    dataDir: absolute(dataDir, root),
    ...parseDatabase(variables),
    adminEmail: parseEmail(variables.HEDDLE_ADMIN_EMAIL),
    adminPassword: parsePassword('HEDDLE_ADMIN_PASSWORD', variables),
    demo: parseDemo(variables.HEDDLE_DEMO ?? defaultDemo),
    demoPassword: parsePassword('HEDDLE_DEMO_PASSWORD', variables),
    logLevel: parseLogLevel(variables.HEDDLE_LOG_LEVEL),
    statementMs: parseSeconds('HEDDLE_STATEMENT_TIMEOUT', variables, '15') * 1_000,
    fault: parseFault(variables.HEDDLE_FAULT),
  }
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
}

const absolute = (path: string, root: string) => (isAbsolute(path) ? path : join(root, path))

function parsePort(text = '3000'): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw configInvalid('PORT', `“${text}” is no port; use a number from 1 to 65535, or 0 for any free one.`, '3000')
}

function parseHost(host = '127.0.0.1', isSecure: boolean): string {
  const isName = host.length <= 253 && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)
  if (isIP(host) === 0 && !isName) {
    throw configInvalid('HOST', `“${host}” is no address to listen on.`, '127.0.0.1')
  }
  if (isSecure || ['127.0.0.1', 'localhost', '::1'].includes(host)) return host
  throw configInvalid(
    'HOST',
    `plain HTTP on “${host}” is refused: passwords would travel readable. Set HEDDLE_TLS_CERT and HEDDLE_TLS_KEY, or put a TLS proxy in front and set HEDDLE_TRUSTED_PROXY to its address.`,
    '127.0.0.1',
  )
}

function parseTls({ HEDDLE_TLS_CERT: cert, HEDDLE_TLS_KEY: key }: Variables, root: string): Config['tls'] {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined)
    throw configInvalid('HEDDLE_TLS_CERT', 'is missing beside HEDDLE_TLS_KEY.', '/etc/heddle/cert.pem')
  if (key === undefined)
    throw configInvalid('HEDDLE_TLS_KEY', 'is missing beside HEDDLE_TLS_CERT.', '/etc/heddle/key.pem')
  return { cert: absolute(cert, root), key: absolute(key, root) }
}

function parseTrustedProxy(text: string | undefined): string | undefined {
  if (text === undefined || isIP(text) !== 0) return text
  throw configInvalid('HEDDLE_TRUSTED_PROXY', `“${text}” is no IP address of a proxy.`, '10.0.0.2')
}

/** Where the data live, and the secret that every process on them must share. */
function parseDatabase(variables: Variables): Pick<Config, 'databaseUrl' | 'directUrl' | 'secretKey'> {
  const databaseUrl = parseDatabaseUrl('DATABASE_URL', variables)
  const directUrl = parseDatabaseUrl('DATABASE_DIRECT_URL', variables) ?? databaseUrl
  const secretKey = parseSecret(variables.HEDDLE_SECRET_KEY)
  if (databaseUrl === undefined && directUrl !== undefined) {
    throw configInvalid('DATABASE_URL', 'is missing beside DATABASE_DIRECT_URL.', exampleUrl)
  }
  if (databaseUrl !== undefined && secretKey === undefined) {
    throw configInvalid(
      'HEDDLE_SECRET_KEY',
      'is required with DATABASE_URL, so that every process signs sessions alike.',
      exampleSecret,
    )
  }
  return { databaseUrl, directUrl, secretKey }
}

const exampleUrl = 'postgres://heddle:secret@db.example:5432/heddle'
const exampleSecret = '$(openssl rand -base64 32)'

function parseDatabaseUrl(name: string, variables: Variables): string | undefined {
  const text = variables[name]
  if (text === undefined || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))) return text
  // Not shown: it may hold a password.
  throw configInvalid(name, 'is no PostgreSQL address.', exampleUrl)
}

function parseSecret(text: string | undefined): string | undefined {
  if (text === undefined || text.length >= 32) return text
  throw configInvalid('HEDDLE_SECRET_KEY', 'needs at least 32 characters.', exampleSecret)
}

function parseEmail(text = 'admin@heddle.example'): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text.toLowerCase()
  throw configInvalid('HEDDLE_ADMIN_EMAIL', `“${text}” is no e-mail address.`, 'admin@company.example')
}

function parsePassword(name: string, variables: Variables): string | undefined {
  const text = variables[name]
  if (text === undefined || text.length >= 10) return text
  throw configInvalid(name, 'needs at least 10 characters.', "'a long sentence is good'")
}

function parseDemo(text: string | undefined): string | undefined {
  if (text === undefined || text === 'none') return undefined
  if (/^[a-z][a-z0-9]*$/.test(text)) return text
  throw configInvalid('HEDDLE_DEMO', `“${text}” is no plugin's name.`, 'none')
}

function parseLogLevel(text = 'info'): string {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
  if (levels.includes(text)) return text
  throw configInvalid('HEDDLE_LOG_LEVEL', `“${text}” is no level; use one of ${levels.join(', ')}.`, 'info')
}

function parseSeconds(name: string, variables: Variables, usual: string): number {
  const text = variables[name] ?? usual
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw configInvalid(name, `“${text}” is no number of seconds from 1 to 9999.`, usual)
}

function parseFault(text: string | undefined): ArmedFault | undefined {
  if (text === undefined) return undefined
  const [name, nth = '1'] = text.split(':')
  const point = faultPoints.find((each) => each === name)
  if (point !== undefined && /^[1-9]\d{0,5}$/.test(nth)) return { point, nth: Number(nth) }
  throw configInvalid(
    'HEDDLE_FAULT',
    `“${text}” is no place to die at; use one of ${faultPoints.join(', ')}.`,
    'publish.after-ddl:2',
  )
}
