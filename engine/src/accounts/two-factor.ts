import type { Connection } from '../storage/connect.ts'

/** Whether a person is asked for a code at sign-in. */
export async function hasTwoFactor(connection: Connection, person: string): Promise<boolean> {
  const rows = await connection`select 1 from heddle."user" where id = ${person} and two_factor_enabled`
  return rows.length > 0
}

/** Takes the second factor from a person who lost it; false when there is no such person. */
export async function resetTwoFactor(connection: Connection, person: string): Promise<boolean> {
  await connection`delete from heddle.two_factor where user_id = ${person}`
  const found = await connection`update heddle."user" set two_factor_enabled = false where id = ${person}`
  return found.count > 0
}
