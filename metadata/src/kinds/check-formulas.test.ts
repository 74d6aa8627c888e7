import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from '../release/compile-release.ts'
import { emptyStorage } from '../release/storage.ts'
import { keptFields } from '../rules/kept-fields.ts'
import { wayOf } from '../rules/reads.ts'
import { validateDefinitions } from '../validation/validate-definitions.ts'

const field = (type: string, settings: JsonObject = {}): JsonObject => ({ 'x-field': { type, ...settings } })
const formula = (expression: string, settings: JsonObject = {}) =>
  field('formula', { returns: 'number', expression, ...settings })
const stored = (expression: string, settings: JsonObject = {}) => formula(expression, { stored: true, ...settings })

/** Projects of teams of regions, with notes, and members of teams; the given fields are added. */
function fold(more: { readonly [entity: string]: JsonObject }, annotations: JsonObject = {}) {
  const bodies: { readonly [name: string]: JsonObject } = {
    region: { factor: field('number'), teams: field('rollup', { from: 'team', by: 'region', count: true }) },
    team: {
      region: field('lookup', { entity: 'region' }),
      size: field('number'),
      factor: formula('region.factor * size'),
      mood: formula('if today() > date("2024-01-01") then 1 else 0'),
      written: formula('count(members)'),
      members: field('lines', { entity: 'member', by: 'team' }),
    },
    member: { team: field('lookup', { entity: 'team', master: true }) },
    project: {
      team: field('lookup', { entity: 'team' }),
      parent: field('lookup', { entity: 'project' }),
      friends: field('many-to-many', { entity: 'project' }),
      budget: field('number'),
      notes: field('lines', { entity: 'note', by: 'project' }),
    },
    note: {
      project: field('lookup', { entity: 'project', master: true }),
      team: field('lookup', { entity: 'team' }),
      pages: field('number'),
    },
  }
  const definitions = Object.entries(bodies).map(([name, properties]) => ({
    kind: 'entity',
    name,
    body: {
      title: name,
      properties: { ...properties, ...more[name] },
      ...(name === 'project' ? { 'x-entity': annotations } : {}),
    },
  }))
  return foldLayers([{ owner: 'site', definitions, extensions: [], overrides: [] }])
}

function findingsOf(more: { readonly [entity: string]: JsonObject }, annotations?: JsonObject) {
  return validateDefinitions(fold(more, annotations), emptyStorage).map(({ address, path, code, message }) => ({
    at: `${address.replace('entity/', '')}${path.replace('/properties/', '.').replace('/x-field/expression', '')}`,
    code,
    message,
  }))
}

test.each([
  'budget * 2',
  'team.region.factor * team.factor',
  'sum(notes.pages)',
  'count(notes[team.size > 3])',
  'team.region.teams',
  'if owner_id = null then 0 else version',
])('a formula that only records decide can be stored: %s', (expression) => {
  expect(findingsOf({ project: { value: stored(expression) } })).toEqual([])
})

test.each([
  ['if today() > date("2024-01-01") then 1 else 0', 'formula.stored.time', 'current time'],
  ['team.mood + 1', 'formula.stored.time', '“team.mood”'],
  ['if owner_id = user.id then 1 else 0', 'formula.stored.user', 'stored for all'],
  ['budget - old.budget', 'formula.stored.old', 'before a change'],
  ['if friends = null then 0 else 1', 'formula.stored.links', 'links'],
  ['team.written', 'formula.stored.lines', '“team”'],
])('one that something else decides cannot: %s', (expression, code, hint) => {
  const findings = findingsOf({ project: { value: stored(expression) } })
  expect(findings).toMatchObject([{ at: 'project.value', code, message: expect.stringContaining(hint) }])
  expect(findingsOf({ project: { value: formula(expression) } })).toEqual([])
})

test('formulas that read each other through records are a circle, which is named', () => {
  const findings = findingsOf({
    project: { share: formula('team.load / 2') },
    team: { load: formula('region.load + 1') },
    region: { load: field('rollup', { from: 'note', by: 'region', sum: 'load', returns: 'number' }) },
    note: { region: field('lookup', { entity: 'region' }), load: stored('project.share * pages') },
  })
  findings.sort((a, b) => (a.at < b.at ? -1 : 1))
  expect(findings.map(({ at, code }) => [at, code])).toEqual([
    ['note.load', 'formula.cycle'],
    ['project.share', 'formula.cycle'],
    ['region.load/x-field', 'rollup.circle'],
    ['team.load', 'formula.cycle'],
  ])
  expect(findings[1]?.message).toContain('project.share → team.load → region.load → note.load → project.share')
})

test('a formula that only reads one in a circle is not part of it', () => {
  const findings = findingsOf({
    project: { left: formula('right + 1'), right: formula('left + 1'), user: formula('left') },
  })
  expect(findings.filter(({ code }) => code === 'formula.cycle').map(({ at }) => at)).toEqual([
    'project.left',
    'project.right',
  ])
})

test.each([stored, formula])('a formula cannot follow a hierarchy of records', (make) => {
  const findings = findingsOf({ project: { depth: make('parent.depth + 1') } })
  expect(findings).toMatchObject([
    { at: 'project.depth', code: 'formula.cycle', message: expect.stringContaining('hierarchy') },
  ])
})

test('an index takes a stored formula, and no other that has no column', () => {
  const more = { project: { value: stored('budget'), shown: formula('budget') } }
  expect(findingsOf(more, { indexes: { by_value: ['value', 'budget'] } })).toEqual([])
  expect(findingsOf(more, { indexes: { by_value: ['shown', 'notes', 'friends'] } })).toMatchObject([
    { at: 'project/x-entity/indexes/by_value', code: 'index.formula' },
    { code: 'index.records' },
    { code: 'index.records' },
  ])
})

test('a stored formula knows the columns that decide it, and the way to them', () => {
  const { definitions } = fold({ project: { value: stored('budget + team.factor + sum(notes[team.size > 1].pages)') } })
  const kept = keptFields(compileRelease(1, definitions, emptyStorage)).find(({ field }) => field.name === 'value')
  const places = kept?.places.map(({ hops, names }) => [wayOf(hops), [...names].sort()])
  const lines = 'inverse project project note'
  expect(places).toEqual([
    ['', ['budget', 'team']],
    ['lookup project team team', ['region', 'size']],
    ['lookup project team team, lookup team region region', ['factor']],
    [lines, ['_position', 'deleted_at', 'pages', 'project', 'team']],
    [`${lines}, lookup note team team`, ['size']],
  ])
})

test('a stored formula and a roll-up are read as columns, so what decides them is theirs', () => {
  const { definitions } = fold({
    team: { kept: stored('factor * 2') },
    project: { value: stored('team.kept + team.region.teams') },
  })
  const kept = keptFields(compileRelease(1, definitions, emptyStorage)).find(({ field }) => field.name === 'value')
  expect(kept?.places.map(({ hops, names }) => [hops.length, [...names].sort()])).toEqual([
    [0, ['team']],
    [1, ['kept', 'region']],
    [2, ['teams']],
  ])
})

test('a formula and a default of a duration must be a duration, of either kind', () => {
  const length = (settings: JsonObject) => field('formula', { returns: 'duration', ...settings })
  const right = {
    long: length({ expression: 'duration("P1Y")' }),
    short: field('duration', { default: 'if budget > 1 then duration("PT1H") else null' }),
  }
  expect(findingsOf({ project: right })).toEqual([])
  const wrong = { long: length({ expression: 'budget' }), short: field('duration', { default: '"P1D"' }) }
  expect(findingsOf({ project: wrong })).toMatchObject([
    {
      at: 'project.long',
      code: 'type.expected',
      message: expect.stringContaining('a duration in days or a duration in'),
    },
    { at: 'project.short/x-field/default', code: 'type.expected' },
  ])
})
