import { describe, expect, it } from 'vitest'
import { valuesOf } from '../fields/record-values.ts'
import { entityOf } from '../testing/notebooks.ts'
import { mergeVersions, settleConflicts } from './merge-versions.ts'

const notebook = entityOf('notebook')
const base = valuesOf(notebook, { name: '甲', colour: 'red', secret: '旧' })
const merge = (mine: object, theirs: object) =>
  mergeVersions(notebook, base, { mine: { ...base, ...mine }, theirs: { ...base, ...theirs } })

describe('mergeVersions', () => {
  it('keeps both sides when they changed different fields', () => {
    const { values, conflicts } = merge({ name: '乙' }, { colour: 'blue' })
    expect(values).toMatchObject({ name: '乙', colour: 'blue', secret: '旧' })
    expect(conflicts).toEqual([])
  })

  it('has no conflict where both wrote the same', () => {
    expect(merge({ name: '乙' }, { name: '乙' }).conflicts).toEqual([])
  })

  it('names the fields that both changed, with their value until one is chosen', () => {
    const merged = merge({ name: '乙', secret: '新' }, { name: '丙' })
    expect(merged.conflicts.map(({ name }) => name)).toEqual(['name'])
    expect(merged.values).toMatchObject({ name: '丙', secret: '新' })
    expect(settleConflicts(merged, { name: '乙' }, { name: 'mine' })).toMatchObject({ name: '乙', secret: '新' })
    expect(settleConflicts(merged, { name: '乙' }, { name: 'theirs' })).toMatchObject({ name: '丙' })
  })
})
