import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'
import { Fault } from './errors.ts'

const secret = 'x'.repeat(32)
const database = 'postgres://someone:hidden-password@db.example/one'

function configOf(variables: Record<string, string>) {
  return parseConfig(variables, '/checkout', 'sample')
}

function faultOf(variables: Record<string, string>): Fault {
  try {
    configOf(variables)
  } catch (error) {
    if (error instanceof Fault) return error
  }
  return expect.fail('The configuration was taken.')
}

test('an empty environment gives the documented defaults', () => {
  expect(configOf({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    tls: undefined,
    isSecure: false,
    trustedProxy: undefined,
    dataDir: '/checkout/.heddle',
    databaseUrl: undefined,
    directUrl: undefined,
    secretKey: undefined,
    adminEmail: 'admin@heddle.example',
    adminPassword: undefined,
    demo: 'sample',
    demoPassword: undefined,
    logLevel: 'info',
    statementMs: 15_000,
  })
})

test('an empty variable counts as none', () => {
  const names = ['PORT', 'HOST', 'HEDDLE_DATA_DIR', 'DATABASE_URL', 'HEDDLE_SECRET_KEY', 'HEDDLE_ADMIN_EMAIL']
  expect(configOf(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(configOf({}))
})

test.each([
  [{ PORT: '0' }, { port: 0 }],
  [{ HOST: '::1' }, { host: '::1' }],
  [
    { HOST: '0.0.0.0', HEDDLE_TRUSTED_PROXY: '10.0.0.2' },
    { host: '0.0.0.0', isSecure: true, trustedProxy: '10.0.0.2' },
  ],
  [
    { HOST: 'heddle.example', HEDDLE_TLS_CERT: 'cert.pem', HEDDLE_TLS_KEY: '/etc/key.pem' },
    { tls: { cert: '/checkout/cert.pem', key: '/etc/key.pem' }, isSecure: true },
  ],
  [{ HEDDLE_DATA_DIR: '/var/data' }, { dataDir: '/var/data' }],
  [
    { DATABASE_URL: database, HEDDLE_SECRET_KEY: secret },
    { databaseUrl: database, directUrl: database },
  ],
  [
    { DATABASE_URL: database, DATABASE_DIRECT_URL: `${database}2`, HEDDLE_SECRET_KEY: secret },
    { databaseUrl: database, directUrl: `${database}2` },
  ],
  [{ HEDDLE_ADMIN_EMAIL: 'Head@Company.example' }, { adminEmail: 'head@company.example' }],
  [{ HEDDLE_ADMIN_PASSWORD: 'a long sentence' }, { adminPassword: 'a long sentence' }],
  [{ HEDDLE_DEMO: 'none' }, { demo: undefined }],
  [{ HEDDLE_DEMO: 'other' }, { demo: 'other' }],
  [{ HEDDLE_LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  [{ HEDDLE_STATEMENT_TIMEOUT: '60' }, { statementMs: 60_000 }],
])('%j is taken', (variables, expected) => {
  expect(configOf(variables)).toMatchObject(expected)
})

test.each([
  ['PORT', { PORT: 'web' }],
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: '80.5' }],
  ['PORT', { PORT: '-1' }],
  ['HOST', { HOST: 'no host' }],
  ['HOST', { HOST: '0.0.0.0' }],
  ['HOST', { HOST: 'heddle.example' }],
  ['HEDDLE_TLS_CERT', { HEDDLE_TLS_KEY: 'key.pem' }],
  ['HEDDLE_TLS_KEY', { HEDDLE_TLS_CERT: 'cert.pem' }],
  ['HEDDLE_TRUSTED_PROXY', { HEDDLE_TRUSTED_PROXY: 'yes' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://root:hidden-password@db', HEDDLE_SECRET_KEY: secret }],
  ['DATABASE_URL', { DATABASE_DIRECT_URL: database, HEDDLE_SECRET_KEY: secret }],
  [
    'DATABASE_DIRECT_URL',
    { DATABASE_URL: database, DATABASE_DIRECT_URL: 'hidden-password', HEDDLE_SECRET_KEY: secret },
  ],
  ['HEDDLE_SECRET_KEY', { DATABASE_URL: database }],
  ['HEDDLE_SECRET_KEY', { HEDDLE_SECRET_KEY: 'hidden-password' }],
  ['HEDDLE_ADMIN_EMAIL', { HEDDLE_ADMIN_EMAIL: 'admin' }],
  ['HEDDLE_ADMIN_PASSWORD', { HEDDLE_ADMIN_PASSWORD: 'hidden-pw' }],
  ['HEDDLE_DEMO', { HEDDLE_DEMO: '../evil' }],
  ['HEDDLE_DEMO_PASSWORD', { HEDDLE_DEMO_PASSWORD: 'hidden-pw' }],
  ['HEDDLE_LOG_LEVEL', { HEDDLE_LOG_LEVEL: 'loud' }],
  ['HEDDLE_STATEMENT_TIMEOUT', { HEDDLE_STATEMENT_TIMEOUT: '15s' }],
])('%s is named with an example, and no secret shown, when the environment is %j', (name, variables) => {
  const { message, code } = faultOf(variables)
  expect(code).toBe('config.invalid')
  expect(message).toMatch(new RegExp(`^${name}: .+ Example: ${name}=\\S+`))
  expect(message).not.toMatch(/hidden-/)
})
