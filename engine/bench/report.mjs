// The table of results, their goals, and the copy in the README.
import { readFileSync, writeFileSync } from 'node:fs'

const goals = JSON.parse(readFileSync(new URL('goals.json', import.meta.url), 'utf8'))
const readme = new URL('../README.md', import.meta.url)
const markers = ['<!-- bench:start -->', '<!-- bench:end -->']

/** Markdown of all results: one line per operation and number of connections. */
export function renderTable(results) {
  const lines = results.map(({ name, unit, connections = '', baseline, heddle, ratio, missing }) => {
    const goal = connections === 1 ? '' : goalText(goals[name])
    const cells =
      missing === undefined
        ? [shown(baseline), shown(heddle), ratio.toFixed(2)]
        : ['–', '–', `not measured: ${missing}`]
    return `| ${[`\`${name}\``, connections, unit, ...cells, goal].join(' | ')} |`
  })
  return [
    '| operation | connections | unit | baseline | Heddle | ratio | goal |',
    '|---|--:|---|--:|--:|--:|--:|',
    ...lines,
  ].join('\n')
}

function shown(value) {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}

function goalText(goal) {
  if (goal === undefined) return ''
  return goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`
}

/** A sentence for every goal that was not reached; one connection has no goals. */
export function missedGoals(results) {
  return Object.entries(goals).flatMap(([name, goal]) => {
    const result = results.find((each) => each.name === name && each.connections !== 1)
    if (result === undefined || result.missing !== undefined) return [`${name}: not measured.`]
    const isReached = result.ratio >= (goal.atLeast ?? 0) && result.ratio <= (goal.atMost ?? Number.POSITIVE_INFINITY)
    return isReached ? [] : [`${name}: ${result.ratio.toFixed(2)}, wanted ${goalText(goal)}.`]
  })
}

/** Puts the table into the README between its markers, with the day and the versions it holds for. */
export function writeReadme(results, about) {
  const text = readFileSync(readme, 'utf8')
  const [start, end] = markers.map((marker) => text.indexOf(marker))
  if (start < 0 || end < start) throw new Error(`engine/README.md must hold ${markers.join(' and ')}.`)
  const block = `${markers[0]}\n${about}\n\n${renderTable(results)}\n`
  writeFileSync(readme, text.slice(0, start) + block + text.slice(end))
}
