import type { Connection } from '../storage/connect.ts'
import { browserName } from './browser-name.ts'

interface SessionRow {
  readonly id: string
  readonly since: Date
  readonly seenAt: Date
  readonly address: string | null
  readonly userAgent: string | null
}

/** The open sessions of a person, the one seen last first; `current` is the one that asks. */
export async function listSessions(
  connection: Connection,
  person: string,
  current: string | undefined,
): Promise<object[]> {
  const rows = await connection<SessionRow[]>`
    select id, created_at as since, coalesce(seen_at, created_at) as "seenAt", nullif(ip_address, '') as address,
      user_agent as "userAgent"
    from heddle.session where user_id = ${person} and expires_at > now() order by 3 desc, id`
  return rows.map(({ userAgent, ...row }) => {
    return { ...row, browser: browserName(userAgent), current: row.id === current }
  })
}

/** Ends one session of a person; false when they have none of this id. */
export async function endSession(connection: Connection, person: string, id: string): Promise<boolean> {
  const ended = await connection`delete from heddle.session where id = ${id} and user_id = ${person}`
  return ended.count > 0
}

/** Ends all sessions of a person but the one to keep. */
export async function endSessions(connection: Connection, person: string, kept?: string): Promise<void> {
  await connection`
    delete from heddle.session where user_id = ${person} and id is distinct from ${kept ?? null}::uuid`
}
