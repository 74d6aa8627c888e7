#!/usr/bin/env node
import { build } from './build.mjs'

const command = process.argv[2] ?? '--help'
await build({ faces: command === 'start', quiet: command !== 'start' })
await import('../dist/heddle.mjs')
