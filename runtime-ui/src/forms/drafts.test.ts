import { beforeEach, describe, expect, it } from 'vitest'
import { type DeviceStore, guardedStore } from '../device-store.ts'
import { valuesOf } from '../fields/record-values.ts'
import { entityOf } from '../testing/notebooks.ts'
import { draftName, draftOf, keepDraft, readDraft, resumeDraft } from './drafts.ts'
import { wayFrom } from './form-way.ts'

const notebook = entityOf('notebook')
const before = valuesOf(notebook, { name: '甲', colour: 'red' })
const terms = { isSecret: (name: string) => name === 'secret', idempotencyKey: 'k', at: '2025-01-31T00:00:00Z' }
const name = draftName('p', 'notebook', '1')
let kept: Map<string, string>
let storage: DeviceStore

beforeEach(() => {
  kept = new Map()
  storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
})

describe('drafts', () => {
  it('come back as they were typed', () => {
    keepDraft(storage, name, draftOf(notebook, { before, after: { ...before, name: '乙' } }, terms))
    const draft = readDraft(storage, name)
    expect(draft).toMatchObject({ base: { name: '甲' }, mine: { name: '乙' }, idempotencyKey: 'k' })
    expect(draft && resumeDraft(notebook, before, draft).values).toMatchObject({ name: '乙', colour: 'red' })
  })

  it('meet what others saved meanwhile', () => {
    const draft = draftOf(notebook, { before, after: { ...before, name: '乙', colour: 'blue' } }, terms)
    const resumed = draft && resumeDraft(notebook, { ...before, name: '丙' }, draft)
    expect(resumed?.conflicts.map((field) => field.name)).toEqual(['name'])
    expect(resumed?.values).toMatchObject({ name: '丙', colour: 'blue' })
  })

  it('leave out secrets and disappear when nothing is left', () => {
    keepDraft(storage, name, draftOf(notebook, { before, after: { ...before, name: '乙' } }, terms))
    keepDraft(storage, name, draftOf(notebook, { before, after: { ...before, secret: '123' } }, terms))
    expect(kept.size).toBe(0)
  })

  it('of a new record do not meet that of the form it is made from', () => {
    const page = draftName('p', 'notebook', undefined)
    const passing = draftName('p', 'notebook', undefined, wayFrom('', 'notebook', 'new'))
    const deeper = draftName('p', 'notebook', undefined, wayFrom(wayFrom('', 'notebook', 'new'), 'notebook', 'new'))
    expect(new Set([page, passing, deeper]).size).toBe(3)
    expect(draftName('p', 'notebook', '1', wayFrom('', 'notebook', 'new'))).toBe(name)
  })

  it('are nothing when the storage is broken or full', () => {
    kept.set(name, '{"base":')
    expect(readDraft(storage, name)).toBeUndefined()
    const full = guardedStore(() => ({
      ...storage,
      setItem: () => {
        throw new Error('full')
      },
    }))
    const draft = draftOf(notebook, { before, after: { ...before, name: '乙' } }, terms)
    expect(() => keepDraft(full, name, draft)).not.toThrow()
  })
})
