import { parser } from 'lezer-feel'
import { emptyText, type Finding, syntaxFault, textTooLong, tooDeep, unclosedText } from './findings.ts'

/** A node of the parsed text; comments are left out. */
export interface SyntaxNode {
  /** The grammar's name: `Comparison`, `VariableName`, `in`. */
  readonly name: string
  readonly text: string
  readonly from: number
  readonly to: number
  readonly children: readonly SyntaxNode[]
}

const deepest = 120
const deepestBrackets = 40
const strictParser = parser.configure({ top: 'Expression', strict: true })

/**
 * Parses a text or says why not. The parser stops at the first fault: its recovery accepts nonsense and takes long on
 * hostile texts.
 */
export function parseSyntax(text: string, maxLength: number): SyntaxNode | Finding {
  if (text.length > maxLength) return textTooLong(text.length, maxLength)
  if (text.trim() === '') return emptyText()
  const known = trees.get(text)
  if (known !== undefined) return known
  const fault = findEarlyFault(text)
  if (fault) return fault
  try {
    const tree = buildTree(text)
    keep(text, tree)
    return tree
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return faultAt(text, Number(/\d+$/.exec(error.message)?.[0] ?? 0))
  }
}

/** Last parsed texts and their trees: each release holds almost the same expressions as the one before. */
const trees = new Map<string, SyntaxNode | Finding>()
const keptCharacters = 256 * 1024
let characters = 0

/** Trees grow with their texts: together these stay within a bound, the oldest go. */
function keep(text: string, tree: SyntaxNode | Finding): void {
  trees.set(text, tree)
  characters += text.length
  for (const oldest of trees.keys()) {
    if (characters <= keptCharacters) return
    trees.delete(oldest)
    characters -= oldest.length
  }
}

interface Open {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly children: SyntaxNode[]
}

function buildTree(text: string): SyntaxNode | Finding {
  const root: Open = { name: 'root', from: 0, to: text.length, children: [] }
  const stack: Open[] = [root]
  let depth = 0
  let tooDeepAt: Finding | undefined
  strictParser.parse(text).iterate({
    enter({ type, name, from, to }) {
      if (type.isSkipped) return false
      if (!isChain(name)) depth++
      if (depth > deepest) tooDeepAt ??= tooDeep({ from, to }, deepest)
      stack.push({ name, from, to, children: [] })
      return undefined
    },
    leave({ type, name }) {
      if (type.isSkipped) return
      if (!isChain(name)) depth--
      const { from, to, children } = stack.pop() ?? root
      stack.at(-1)?.children.push({ name, from, to, children, text: text.slice(from, to) })
    },
  })
  const [expression] = root.children[0]?.children ?? []
  return tooDeepAt ?? expression ?? emptyText()
}

/** A long `a or b or c` is no nesting, though the grammar nests it. */
function isChain(name: string): boolean {
  return name === 'Conjunction' || name === 'Disjunction'
}

function faultAt(text: string, position: number): Finding {
  const [found = ''] = /^(?:[\p{L}\p{N}_]+|"[^"]*"|.)?/u.exec(text.slice(position).trimStart()) ?? []
  const from = found === '' ? text.trimEnd().length : text.indexOf(found, position)
  return syntaxFault({ from, to: from + found.length }, found)
}

/**
 * A text that its line does not close, or brackets too deep for the parser, which takes long over unclosed ones. Quotes
 * and brackets in comments, and brackets in texts, do not count.
 */
function findEarlyFault(text: string): Finding | undefined {
  const tokens = /"(?:[^"\\\n\r]|\\[^\n\r])*("?)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[([{]|[)\]}]/g
  let depth = 0
  for (const { 0: token, 1: closing, index } of text.matchAll(tokens)) {
    if (token.startsWith('"') && closing === '') return unclosedText({ from: index, to: text.length })
    if ('([{'.includes(token)) depth++
    if (')]}'.includes(token)) depth--
    if (depth > deepestBrackets) return tooDeep({ from: index, to: index + 1 }, deepestBrackets)
  }
  return undefined
}
