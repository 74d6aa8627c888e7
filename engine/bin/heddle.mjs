#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { staleTargets } from './build.mjs'

const isStart = process.argv[2] === 'start'
if (staleTargets({ faces: isStart }).length > 0) {
  // In a process of its own: what the bundlers need of memory goes with it.
  const builder = fileURLToPath(new URL('build.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [builder, ...(isStart ? [] : ['--engine', '--quiet'])], {
    stdio: ['ignore', isStart ? 'inherit' : 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(1)
}
await import('../dist/heddle.mjs')
