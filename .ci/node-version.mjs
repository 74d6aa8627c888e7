// Refuses a Node.js older than the root package.json asks for.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
const wanted = engines.node.replace('>=', '').split('.').map(Number)
const present = process.versions.node.split('.').map(Number)
const difference = wanted.map((part, index) => present[index] - part).find((part) => part !== 0) ?? 0

if (difference < 0) {
  console.error(`Node.js ${process.versions.node} is too old: package.json asks for ${engines.node}.`)
  process.exitCode = 1
}
