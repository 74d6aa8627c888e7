import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { build } from '../../bin/build.mjs'
import { connect } from '../storage/connect.ts'
import { startEmbedded } from '../storage/embedded/start-embedded.ts'
import { migrate } from '../storage/migrate.ts'

/** Builds the engine, which some tests run as a process; starts one PostgreSQL for the whole run and makes the template database that test files clone. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await build({ faces: false, quiet: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'heddle-test-'))
  const server = await startEmbedded({
    dataDir,
    log: () => undefined,
    durable: false,
    fallbackDir: join(tmpdir(), 'heddle-test-places'),
  })
  const url = Object.assign(new URL(server.url), { pathname: '/heddle_template' }).href
  const admin = connect(server.url, { max: 1 })
  await admin.unsafe('create database heddle_template')
  await admin.end()
  await migrate(url, fileURLToPath(new URL('../../migrations', import.meta.url)))
  project.provide('templateUrl', url)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
