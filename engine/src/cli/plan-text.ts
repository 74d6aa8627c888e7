import type { PlannedChange } from '../publish/differences.ts'
import type { Plan, PlannedStep } from '../publish/plan.ts'

/** A plan for people: what is to be known, what changes and what is done, empty parts left out. */
export function planText(plan: Plan): string {
  const parts = [
    ['Findings', plan.findings.map(findingText)],
    ['Changes', plan.changes.map(changeText)],
    ['Steps', plan.steps.map(stepText)],
  ] as const
  const shown = parts.filter(([, lines]) => lines.length > 0).map(([title, lines]) => [title, ...lines].join('\n  '))
  return shown.length === 0 ? 'Nothing changes.' : shown.join('\n')
}

function findingText({ severity, address, path, message, hint }: Plan['findings'][number]): string {
  return `${severity.padEnd(9)}${address}${path}  ${message}${hint === undefined ? '' : ` ${hint}`}`
}

function changeText({ address, path, from, to }: PlannedChange): string {
  if (path === '') return `${from === null ? '+' : '-'} ${address}`
  return `~ ${address}${path}: ${valueText(from)} → ${valueText(to)}`
}

function stepText({ class: stepClass, text, rows, failingRows }: PlannedStep): string {
  const failing = failingRows.map(({ id, label, value }) => `\n    ${id} ${label ?? ''} ${value ?? ''}`.trimEnd())
  return `${stepClass.padEnd(13)}${text}${rows > 0 ? ` (${rows} rows)` : ''}${failing.join('')}`
}

const longest = 60

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null'
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
