import { spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRoot, unprivilegedAccount } from './account.ts'
import { openWorkshop, testUsers, type Workshop } from './fixtures/spawn-engine.ts'
import { exists } from './process-identity.ts'
import { readRunningServer } from './running-server.ts'
import { startEmbedded } from './start-embedded.ts'

let workshop: Workshop

beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.close())

const users = await testUsers()

describe.concurrent.each(users)('the embedded PostgreSQL, started by $name', (user) => {
  it('makes an empty database on first start, reachable by url and by socket, and keeps its password private', async () => {
    const dataDir = await workshop.makeDirectory(user)
    const engine = workshop.spawnEngine(user, { dataDir })
    const { url, socket, directory, adopted } = await engine.ready

    expect(adopted).toBe(false)
    expect(directory).toBe(join(dataDir, 'postgres/data'))
    const settings = `select current_database() as name, datlocprovider as provider, datlocale as locale,
      current_setting('listen_addresses') as addresses, current_setting('max_connections') as connections
      from pg_database where datname = current_database()`
    const expected = { name: 'heddle', provider: 'b', locale: 'C.UTF-8', addresses: '127.0.0.1', connections: '100' }
    expect(await query({ url }, settings)).toEqual([expected])
    if (socket) expect(await query({ url, socket }, settings)).toEqual([expected])
    await expect(query({ url: url.replace(/:[^:@]+@/, ':wrong@') }, 'select 1')).rejects.toThrow('password')
    expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600)
    expect(await readRunningServer(dataDir)).toEqual({ url, socket })

    await engine.stop()
    await expect(query({ url }, 'select 1')).rejects.toThrow('ECONNREFUSED')
    expect(await readRunningServer(dataDir)).toBeUndefined()
  })

  it('finds its data again on the second start', async () => {
    const dataDir = await workshop.copyTemplate(user)
    const first = workshop.spawnEngine(user, { dataDir })
    await query(await first.ready, 'create table kept as select 42 as answer')
    await first.stop()

    const second = workshop.spawnEngine(user, { dataDir })
    const ready = await second.ready
    expect(ready.adopted).toBe(false)
    expect(await query(ready, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('adopts the server that outlived its killed engine, and stops it in the end', async () => {
    const dataDir = await workshop.copyTemplate(user)
    const first = workshop.spawnEngine(user, { dataDir })
    const server = await first.ready
    const pid = await serverPid(server)
    await first.kill()
    expect(exists(pid)).toBe(true)
    expect(await readRunningServer(dataDir)).toMatchObject({ url: server.url })

    const second = workshop.spawnEngine(user, { dataDir })
    const ready = await second.ready
    expect(ready).toEqual({ ...server, adopted: true })
    expect(await serverPid(ready)).toBe(pid)
    await second.stop()
    await expect(query(server, 'select 1')).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })

  it('says that a killed server died, and the next start recovers what was committed on the same port', async () => {
    const dataDir = await workshop.copyTemplate(user)
    const first = workshop.spawnEngine(user, { dataDir, durable: true })
    const server = await first.ready
    const client = postgres(server.url, { max: 1, onclose: () => undefined })
    await client`create table kept as select 42 as answer`
    process.kill(await serverPid(server), 'SIGKILL')
    await until(() => first.logs.some((message) => message.includes('ended unexpectedly')))
    await client.end()
    expect(await readRunningServer(dataDir)).toBeUndefined()

    const second = workshop.spawnEngine(user, { dataDir })
    const ready = await second.ready
    expect(ready).toEqual(server)
    expect(await query(ready, 'select answer from kept')).toEqual([{ answer: 42 }])
    await Promise.all([first.stop(), second.stop()])
    expect(await readRunningServer(dataDir)).toBeUndefined()
  })

  it('starts although the pid of a dead server now belongs to another program of the same user', async ({
    onTestFinished,
  }) => {
    const dataDir = await workshop.copyTemplate(user)
    const { uid, gid } = await stat(join(dataDir, 'postgres'))
    const bystander = spawn('sleep', ['60'], { ...(isRoot() && { uid, gid }), stdio: 'ignore' })
    onTestFinished(() => void bystander.kill())
    await leavePidFile(dataDir, bystander.pid)

    const engine = workshop.spawnEngine(user, { dataDir })
    expect((await engine.ready).adopted).toBe(false)
    expect(bystander.exitCode).toBeNull()
    await engine.stop()
  })

  it('starts although the pid of a dead server now belongs to the server of another database', async () => {
    const [dataDir, otherDir] = [await workshop.copyTemplate(user), await workshop.copyTemplate(user)]
    const other = workshop.spawnEngine(user, { dataDir: otherDir })
    const otherServer = await other.ready
    await leavePidFile(dataDir, await serverPid(otherServer))

    const engine = workshop.spawnEngine(user, { dataDir })
    const server = await engine.ready
    expect(server).toMatchObject({ adopted: false, directory: join(dataDir, 'postgres/data') })
    await engine.stop()
    expect(await query(otherServer, 'select 1 as one')).toEqual([{ one: 1 }])
    await other.stop()
  })

  it('is started once by two engines at the same time, and serves the one that stays', async () => {
    const dataDir = await workshop.copyTemplate(user)
    const engines = [workshop.spawnEngine(user, { dataDir }), workshop.spawnEngine(user, { dataDir })]
    const servers = await Promise.all(engines.map((engine) => engine.ready))
    expect(servers.map(({ adopted }) => adopted).sort()).toEqual([false, true])
    expect(servers[0]?.url).toBe(servers[1]?.url)

    const [starter, joiner] = servers[0]?.adopted ? [...engines].reverse() : engines
    const [server] = servers
    await starter?.stop()
    expect(server && (await query(server, 'select 1 as one'))).toEqual([{ one: 1 }])
    await joiner?.stop()
    expect(await readRunningServer(dataDir)).toBeUndefined()
  })

  it('clears away a cluster whose making was cut off', async () => {
    const dataDir = await workshop.makeDirectory(user)
    const first = workshop.spawnEngine(user, { dataDir })
    await until(async () => (await readdir(dataDir)).some((name) => name.startsWith('postgres.new-')))
    await first.kill()
    expect(await readdir(dataDir)).not.toContain('postgres')

    const second = workshop.spawnEngine(user, { dataDir })
    expect((await second.ready).adopted).toBe(false)
    await second.stop()
    expect((await readdir(dataDir)).filter((name) => name !== 'binaries')).toEqual(['postgres'])
  })

  it('refuses a database of another major version and names the steps that move it', async () => {
    const dataDir = await workshop.copyTemplate(user)
    await writeFile(join(dataDir, 'postgres/data/PG_VERSION'), '17\n')
    const engine = workshop.spawnEngine(user, { dataDir })
    await expect(engine.ready).rejects.toThrow(
      /made by PostgreSQL 17; .*PostgreSQL 18, .*1\. .*pg_dump .*2\. .*pg_restore/,
    )
    expect(await readdir(dataDir)).toEqual(['postgres'])
  })

  it('works on a copy of binaries that lie where their library links cannot be made', async ({ onTestFinished }) => {
    const dataDir = await workshop.copyTemplate(user)
    const packageDir = join(workshop.directory, `sealed-${user.uid}`)
    await cp(workshop.packageDir, packageDir, {
      recursive: true,
      filter: (path) => !/\/lib[^/]*\.so(\.\d+)?$/.test(path),
    })
    // Root writes anywhere, so its binaries are shut away from the account that must run them.
    const setModes = async (mode: number) => {
      for (const folder of ['native/lib', 'native']) await chmod(join(packageDir, folder), mode)
    }
    await setModes(user.uid === 0 ? 0o700 : 0o555)
    onTestFinished(() => chmod(join(packageDir, 'native'), 0o755).then(() => setModes(0o755)))

    const engine = workshop.spawnEngine(user, { dataDir, packageDir })
    await engine.ready
    expect(await readdir(join(dataDir, 'binaries'))).toHaveLength(1)
    await engine.stop()
  })

  it('does without the socket where its path would be too long', async () => {
    const dataDir = join(await workshop.makeDirectory(user), 'x'.repeat(90))
    const engine = workshop.spawnEngine(user, { dataDir })
    const server = await engine.ready
    expect(server.socket).toBeUndefined()
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
    await engine.stop()
  })

  it('leaves no server running behind a database whose password file is lost', async () => {
    const dataDir = await workshop.copyTemplate(user)
    await rm(join(dataDir, 'postgres/password'))
    const engine = workshop.spawnEngine(user, { dataDir })
    await expect(engine.ready).rejects.toThrow(`is expected in ${dataDir}/postgres/password`)
    expect(await readdir(join(dataDir, 'postgres/data'))).not.toContain('postmaster.pid')
  })

  it('says who has to make an unwritable data directory writable', async () => {
    const dataDir = join(workshop.directory, `file-${user.uid}`)
    await writeFile(dataDir, '')
    const engine = workshop.spawnEngine(user, { dataDir })
    await expect(engine.ready).rejects.toThrow(`The data directory ${dataDir} cannot be written`)
  })
})

describe.runIf(isRoot())('the embedded PostgreSQL under root', () => {
  it('keeps its data elsewhere, and says so, when its account cannot enter the data directory', async () => {
    const root = { uid: 0, gid: 0, name: 'root' }
    const home = join(workshop.directory, 'home')
    await mkdir(home, { mode: 0o700 })
    const dataDir = join(home, 'data')
    const fallbackDir = join(workshop.directory, 'fallback')
    const first = workshop.spawnEngine(root, { dataDir, fallbackDir })
    const server = await first.ready
    expect(server.directory).toMatch(new RegExp(`^${fallbackDir}/home-[0-9a-f]{12}/postgres/data$`))
    const { name } = await unprivilegedAccount()
    expect(first.logs.join()).toContain(`runs as “${name}” in ${join(server.directory, '../..')}`)
    expect(await readdir(dataDir)).toEqual(['postgres.json'])
    await query(server, 'create table kept as select 42 as answer')
    await first.stop()

    await chmod(home, 0o755)
    const second = workshop.spawnEngine(root, { dataDir, fallbackDir })
    expect(await query(await second.ready, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('starts no empty database beside one that its account can no longer enter', async () => {
    const [user] = users
    const dataDir = user && (await workshop.copyTemplate(user))
    if (!dataDir) throw new Error('no user')
    await chmod(dataDir, 0o700)
    const started = startEmbedded({ dataDir, fallbackDir: join(workshop.directory, 'unused'), log: () => undefined })
    await expect(started).rejects.toThrow(`The database in ${dataDir}/postgres belongs to`)
  })
})

async function query({ url, socket }: { url: string; socket?: string }, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, fetch_types: false, ...(socket && { path: socket }) })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

async function serverPid({ directory }: { directory: string }): Promise<number> {
  return Number.parseInt(await readFile(join(directory, 'postmaster.pid'), 'utf8'), 10)
}

async function leavePidFile(dataDir: string, pid: number | undefined): Promise<void> {
  const data = join(dataDir, 'postgres/data')
  const file = join(data, 'postmaster.pid')
  await writeFile(file, `${pid}\n${data}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
  const { uid, gid } = await stat(data)
  await chown(file, uid, gid)
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(5)
}
