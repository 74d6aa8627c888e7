import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import type { Database } from '../storage/connect.ts'
import { drizzleOn } from '../storage/drizzle-on.ts'
import * as schema from '../storage/schema.ts'
import { uuidv7 } from '../storage/uuid.ts'

/** The header that tells better-auth where a request comes from; we write it, whatever a stranger sent. */
export const addressHeader = 'x-heddle-address'

/** How long nobody can try codes after ten wrong ones, as with passwords. */
export const lockSeconds = 300

/** What better-auth would answer and we answer ourselves or not at all: our rules of passwords and sessions hold. */
const closedPaths = [
  ...['/change-password', '/verify-password', '/request-password-reset', '/reset-password'],
  ...['/change-email', '/update-user', '/delete-user', '/update-session'],
  ...['/list-sessions', '/revoke-session', '/revoke-sessions', '/revoke-other-sessions'],
  ...['/two-factor/get-totp-uri', '/two-factor/send-otp', '/two-factor/verify-otp'],
]

/**
 * Sign-in with e-mail and password, sessions in cookies; better-auth under `/api/auth`. `database` must be a pool of its
 * own: Drizzle changes how a pool reads dates and JSON.
 */
export function createAuth(database: Database, options: { secret: string; isSecure?: boolean }) {
  return betterAuth({
    secret: options.secret,
    basePath: '/api/auth',
    database: drizzleAdapter(drizzleOn(database), { provider: 'pg', schema }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
    databaseHooks: { session: { create: { before: ({ userId }) => refuseDisabled(database, userId) } } },
    plugins: [twoFactor({ accountLockout: { maxFailedAttempts: 10, durationSeconds: lockSeconds } })],
    disabledPaths: closedPaths,
    advanced: {
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => uuidv7() },
      cookiePrefix: 'heddle',
      useSecureCookies: options.isSecure ?? false,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // It would print what it does not expect, questions and their values included.
    onAPIError: { throw: true },
    trustedOrigins: (request?: Request) => ownOrigins(request),
  })
}

/** Only after the password was found right, so that nobody learns in less time who is disabled. */
async function refuseDisabled(database: Database, id: string): Promise<void> {
  const [row] = await database`select 1 from heddle.user where id = ${id} and disabled_at is not null`
  if (row !== undefined) throw new APIError('UNAUTHORIZED')
}

/** The product's own origin, whatever address it is reached by; foreign ones are refused. */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('host')
  return host ? [`http://${host}`, `https://${host}`] : []
}

/** Runs a call of better-auth; what it throws is the cause alone: its own messages hold session tokens. */
export async function calling<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call
  } catch (error) {
    throw causeOf(error)
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? causeOf(error.cause) : error
}

/** better-auth as configured here. */
export type Auth = ReturnType<typeof createAuth>
