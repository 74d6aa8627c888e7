// The table of results, their goals, and the copies in the READMEs.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const goals = JSON.parse(readFileSync(new URL('goals.json', import.meta.url), 'utf8'))
const root = new URL('../../', import.meta.url)
/** Every README that shows results, and how; the root's tell the ratios only. */
const readmes = [
  { file: 'engine/README.md', render: renderTable },
  { file: 'README.md', render: (results) => renderRatios(results, ['operation', 'ratio', 'goal']) },
  { file: 'README.zh-CN.md', render: (results) => renderRatios(results, ['操作', '比值', '目标']) },
]
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

function renderRatios(results, titles) {
  const lines = results
    .filter(({ connections, missing }) => connections !== 1 && missing === undefined)
    .map(({ name, ratio }) => `| \`${name}\` | ${ratio.toFixed(2)} | ${goalText(goals[name])} |`)
  return [`| ${titles.join(' | ')} |`, '|---|--:|--:|', ...lines].join('\n')
}

/** Puts the tables into the READMEs between their markers, with the day and the versions they hold for. */
export function writeReadmes(results, about) {
  for (const { file, render } of readmes) {
    const readme = new URL(file, root)
    const text = readFileSync(readme, 'utf8')
    const [start, end] = markers.map((marker) => text.indexOf(marker))
    if (start < 0 || end < start) throw new Error(`${file} must hold ${markers.join(' and ')}.`)
    const block = `${markers[0]}\n${about}\n\n${render(results)}\n`
    writeFileSync(readme, text.slice(0, start) + block + text.slice(end))
  }
  const files = readmes.map(({ file }) => file)
  execFileSync('npx', ['biome', 'format', '--write', ...files], { cwd: fileURLToPath(root), stdio: 'ignore' })
}
