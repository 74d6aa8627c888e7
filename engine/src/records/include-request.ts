import { badParameter } from '../errors.ts'

/** One name of an `include`, with what stands in its brackets. */
export interface IncludePart {
  readonly name: string
  readonly parts: readonly IncludePart[] | undefined
}

const deepest = 3
const mostNames = 100

/** Parses `lines,author(name,phone),articles(name,author(name))`. @throws Fault 400 */
export function parseInclude(text: string | null): readonly IncludePart[] {
  if (text === null || text.trim() === '') return []
  const tokens = text.match(/[(),]|[^(),\s]+/g) ?? []
  if (tokens.length > mostNames * 2) throw badParameter('include', `“include” takes at most ${mostNames} names.`)
  const reading = { tokens, at: 0 }
  const parts = readParts(reading, 0)
  if (reading.at < tokens.length) throw unreadable()
  return parts
}

interface Reading {
  readonly tokens: readonly string[]
  at: number
}

function readParts(reading: Reading, depth: number): IncludePart[] {
  if (depth > deepest) throw badParameter('include', `“include” goes at most ${deepest} relations deep.`)
  const parts = [readPart(reading, depth)]
  while (reading.tokens[reading.at] === ',') {
    reading.at++
    parts.push(readPart(reading, depth))
  }
  return parts
}

function readPart(reading: Reading, depth: number): IncludePart {
  const name = reading.tokens[reading.at++]
  if (name === undefined || /^[(),]$/.test(name)) throw unreadable()
  if (reading.tokens[reading.at] !== '(') return { name, parts: undefined }
  reading.at++
  const parts = readParts(reading, depth + 1)
  if (reading.tokens[reading.at++] !== ')') throw unreadable()
  return { name, parts }
}

function unreadable() {
  return badParameter('include', 'Write relations as “lines,author(name,phone)”.')
}
