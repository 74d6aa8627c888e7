import { describe, expect, it } from 'vitest'
import { valuesOf } from '../fields/record-values.ts'
import { entityOf } from '../testing/notebooks.ts'
import { changedFields } from './changes.ts'
import { draftOf } from './drafts.ts'
import { mergedWork, newerVersion, resumedWork, workOn } from './form-work.ts'
import { settleConflicts } from './merge-versions.ts'

const notebook = entityOf('notebook')
const read = { id: '1', version: 4, name: '甲', colour: 'red' }
const terms = { isSecret: () => false, idempotencyKey: 'k', at: '2025-01-31T00:00:00Z', version: 4 }
const before = valuesOf(notebook, read)
const draftWith = (changes: object) => draftOf(notebook, { before, after: { ...before, ...changes } }, terms)
const changedNames = ({ base, values }: ReturnType<typeof workOn>) =>
  changedFields(notebook, base, values).map(({ name }) => name)

describe('resumedWork', () => {
  it('keeps what was typed though others changed the same since, and asks', () => {
    const draft = draftWith({ name: '乙', colour: 'blue' })
    const now = { ...read, version: 5, name: '丙' }
    if (draft === undefined) throw new Error('Nothing changed.')
    const { work, isAsked } = resumedWork(notebook, workOn(notebook, now), draft)
    expect(isAsked).toBe(true)
    expect(work.values).toMatchObject({ name: '乙', colour: 'blue' })
    expect(changedNames(work)).toEqual(['name', 'colour'])
    const newer = newerVersion(now, notebook, { work, mine: work.values })
    expect(newer?.merged.conflicts.map(({ name }) => name)).toEqual(['name'])
    if (newer === undefined) return
    const values = settleConflicts(newer.merged, newer.mine, { name: 'mine' })
    const settled = mergedWork(notebook, { ...newer, merged: { ...newer.merged, values } })
    expect([settled.record?.version, changedNames(settled)]).toEqual([5, ['name', 'colour']])
  })

  it('is never sent as if it were made from the version that others wrote', () => {
    const draft = draftWith({ name: '乙' })
    if (draft === undefined) throw new Error('Nothing changed.')
    const { version: _, ...old } = draft
    const now = workOn(notebook, { ...read, version: 5, name: '丙' })
    expect(resumedWork(notebook, now, draft).work.record).toMatchObject({ version: 4, name: '甲' })
    expect(resumedWork(notebook, now, old).work.record).toMatchObject({ version: 0 })
  })

  it('goes on top of what others did to other fields', () => {
    const draft = draftWith({ name: '乙' })
    if (draft === undefined) throw new Error('Nothing changed.')
    const { work, isAsked } = resumedWork(notebook, workOn(notebook, { ...read, version: 5, colour: 'blue' }), draft)
    expect([isAsked, work.record?.version]).toEqual([false, 5])
    expect(work.values).toMatchObject({ name: '乙', colour: 'blue' })
  })
})
