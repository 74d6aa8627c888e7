import { type SQL, sql } from 'drizzle-orm'

/** How dates are put together, by the form in which their bucket is written. */
const forms = {
  day: 'YYYY-MM-DD',
  week: 'IYYY-"W"IW',
  month: 'YYYY-MM',
  quarter: 'YYYY-"Q"Q',
  year: 'YYYY',
} as const

/** A span of dates that counts as one. */
export type Bucket = keyof typeof forms

/** All buckets. */
export const buckets: readonly string[] = Object.keys(forms)

/** True when there is a bucket of that name. */
export function isBucket(name: string): name is Bucket {
  return Object.hasOwn(forms, name)
}

/** The bucket of a date, or of a date and time as the company's clock shows it, as text: `2026-11`, `2026-W45`. */
export function bucketSql(bucket: Bucket, local: SQL): SQL {
  return sql`to_char(${local}, ${sql.raw(`'${forms[bucket]}'`)})`
}
