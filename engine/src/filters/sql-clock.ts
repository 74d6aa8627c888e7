import { type Clock, todayOf } from '@heddle/metadata'
import { type SQL, sql } from 'drizzle-orm'

/** What dates and times stand on in SQL: today, this moment, and the name of the company's time zone. */
export interface SqlClock {
  readonly today: SQL
  readonly now: SQL
  readonly zone: SQL
}

/** Places for the moment, for a statement that is kept; bind `clockValues`. */
export const clockPlaceholders: SqlClock = {
  today: sql`${sql.placeholder('clock_today')}::date`,
  now: sql`${sql.placeholder('clock_now')}::timestamptz`,
  zone: sql`${sql.placeholder('clock_zone')}::text`,
}

/** The values of `clockPlaceholders` at a moment. */
export function clockValues(clock: Clock): Readonly<Record<string, string>> {
  return { clock_today: todayOf(clock), clock_now: clock.now.toISOString(), clock_zone: clock.timeZone }
}
