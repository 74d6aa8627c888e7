import type { Database } from '../storage/connect.ts'

/** Removes files that no record has referred to for a day; tells how many. */
export async function sweepFiles(database: Database): Promise<number> {
  const gone = await database`
    delete from heddle.file f where unlinked_at < now() - interval '1 day'
      and not exists (select 1 from heddle.file_link where file = f.id)`
  return gone.count
}
