import { describe, expect, it } from 'vitest'
import { lineKey, newLine, newValues, valuesOf } from '../fields/record-values.ts'
import { unread } from '../fields/unread.ts'
import { client, projectEntity, projects } from '../testing/projects.ts'
import { authoredValues } from './authored-values.ts'
import type { FormFault } from './validation.ts'
import { judgeForm } from './verdict.ts'

const project = projectEntity()
const around = {
  ...{ release: projects, entity: project, user: null, base: {}, record: undefined },
  clock: { now: new Date('2026-01-31T08:00:00Z'), timeZone: 'Asia/Shanghai' },
  known: ({ id }: { id: string }) => (id === client.id ? client : undefined),
}
const judgeNew = (values: object) => judgeForm(around, newValues(project, { ...values }))
const record = { id: '1', version: 1, name: '旧', kind: 'small', number: 'A1', days: 10, steps: [] }
const judgeChange = (changes: object) => {
  const base = valuesOf(project, record)
  return judgeForm({ ...around, record, base }, { ...base, ...changes })
}
const said = (faults: readonly FormFault[]) => faults.map(({ path, code }) => `${path} ${code}`)

describe('faults', () => {
  it('ask for what is required, in lines too, and leave lines alone that nobody touched', () => {
    const { faults } = judgeNew({ steps: [newLine(), newLine({ hours: 3 })] })
    expect(said(faults)).toEqual(['/name value.required', '/steps/1/title value.required'])
  })

  it('say of unreadable text only that', () => {
    const { faults } = judgeNew({ name: '甲', steps: [newLine({ title: '一', hours: unread('many') })] })
    expect(said(faults)).toEqual(['/steps/0/hours text.number'])
  })

  it('come from rules that read other records and the record before', () => {
    expect(said(judgeNew({ name: '甲', client: client.id ?? '', days: 60 }).faults)).toEqual(['/days rule.terms'])
    expect(said(judgeChange({ name: '新' }).faults)).toEqual(['/name rule.fixed'])
  })

  it('come from the rules of lines, counted as the form shows them', () => {
    const { faults } = judgeNew({ name: '甲', steps: [newLine(), newLine({ title: '一', hours: 200 })] })
    expect(said(faults)).toEqual(['/steps/1/note value.required', '/steps/1/hours rule.long'])
  })

  it('ask for a required value that was cleared, whether it has a default or not', () => {
    const isMissing = { isMissing: true, path: '/kind', code: 'value.required' }
    expect(judgeForm(around, { name: '甲', kind: null }).faults).toMatchObject([isMissing])
    expect(judgeChange({ name: null }).faults).toMatchObject([{ path: '/name', code: 'value.type', isMissing: true }])
  })

  it('do not count doubts, which are told apart', () => {
    const { faults, warnings } = judgeNew({ name: '甲', kind: 'large', budget: 50 })
    expect([said(faults), said(warnings)]).toEqual([[], ['/budget rule.cheap']])
  })
})

describe('states', () => {
  it('follow the values', () => {
    expect(judgeNew({}).states.get('budget')).toMatchObject({ isVisible: false, isRequired: false })
    expect(judgeNew({ kind: 'large' }).states.get('budget')).toMatchObject({ isVisible: true, isRequired: true })
  })

  it('narrow options, and a chosen one that closes is a fault', () => {
    const { states, faults } = judgeNew({ name: '甲', method: 'full' })
    expect(states.get('method')?.options).toEqual(['plain'])
    expect(said(faults)).toEqual(['/method option.unavailable'])
  })

  it('leave open what was changed before it closed, so that it can be put back', () => {
    expect(judgeChange({ kind: 'large', budget: 500 }).states.get('number')?.isReadOnly).toBe(true)
    const { states, faults } = judgeChange({ kind: 'large', budget: 500, number: 'B2' })
    expect(states.get('number')?.isReadOnly).toBe(false)
    expect(said(faults)).toEqual(['/number field.readOnly'])
  })

  it('differ from line to line', () => {
    const lines = [newLine({ title: '一', hours: 20 }), newLine({ title: '二' })]
    const { lineStates } = judgeNew({ name: '甲', steps: lines })
    expect(lines.map((line) => lineStates.get(String(line[lineKey]))?.get('note')?.isRequired)).toEqual([true, false])
  })
})

describe('defaults and formulas', () => {
  it('fill in the parts of a group once something stands in it', () => {
    expect(judgeNew({}).values.extent).toBeUndefined()
    expect(judgeNew({ extent: { remark: ' x' } }).values.extent).toEqual({ pages: 7, remark: ' x' })
    expect(judgeNew({ extent: { remark: 'x', pages: null } }).values.extent).toEqual({ pages: null, remark: 'x' })
    expect(judgeChange({ extent: { remark: 'x' } }).values.extent).toEqual({ remark: 'x' })
  })

  it('fill in what nobody wrote and go on following what they depend on', () => {
    expect(judgeNew({}).values).toMatchObject({ kind: 'small' })
    expect(judgeNew({ client: client.id ?? '' }).values).toMatchObject({ days: 30 })
  })

  it('stay away from what was cleared', () => {
    expect(judgeForm(around, { name: '甲', client: client.id ?? '', days: null }).values).toMatchObject({ days: null })
  })

  it('come to lines once something stands in them, through the parent too', () => {
    const { values, shown } = judgeNew({ client: client.id ?? '', steps: [newLine({ title: '一' }), newLine()] })
    expect(values.steps).toMatchObject([{ title: '一', hours: 8, pace: 'slow' }, { [lineKey]: expect.any(String) }])
    expect(values.steps).not.toMatchObject([{}, { hours: 8 }])
    expect(shown.steps).toMatchObject([{ cost: 800 }, {}])
  })

  it('are worked out while one types, and never sent', () => {
    const { values, shown } = judgeNew({ kind: 'large', budget: 500 })
    expect([shown.spare, values.spare]).toEqual([250, undefined])
  })

  it('do not come to a record that is there already', () => {
    expect(judgeChange({ kind: null }).values).toMatchObject({ kind: null })
  })
})

describe('authoredValues', () => {
  it('keeps only what differs from what was shown', () => {
    const authored = newValues(project, { steps: [newLine({ title: '一' })] })
    const { shown } = judgeForm(around, authored)
    const [line] = Array.isArray(shown.steps) ? shown.steps : []
    const next = { ...shown, name: '甲', steps: [{ ...Object(line), note: '说明' }] }
    const kept = authoredValues(project, { authored, shown }, next)
    expect(kept).toEqual({ _related: {}, name: '甲', steps: [{ ...Object(line), note: '说明' }].map(untouched) })
  })

  it('takes a cleared default for an answer', () => {
    const authored = newValues(project)
    const { shown } = judgeForm(around, authored)
    expect(authoredValues(project, { authored, shown }, { ...shown, kind: null })).toMatchObject({ kind: null })
  })
})

/** A line without what defaults and formulas filled in. */
function untouched({ hours: _hours, cost: _cost, ...line }: Record<string, unknown>) {
  return line
}
