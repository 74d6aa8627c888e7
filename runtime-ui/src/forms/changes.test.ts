import { describe, expect, it } from 'vitest'
import { newLine, newValues, valuesOf } from '../fields/record-values.ts'
import { unread } from '../fields/unread.ts'
import { entityOf, notebooks } from '../testing/notebooks.ts'
import { changedFields, changesOf, creationOf } from './changes.ts'

const notebook = entityOf('notebook')
const record = {
  id: '1',
  version: 4,
  name: '蓝本',
  colour: 'blue',
  place: { region: '371602', text: '渤海七路' },
  secret: null,
  words: 7,
  pages: [
    { id: 'a', version: 1, notebook: '1', heading: '一', words: 3 },
    { id: 'b', version: 1, notebook: '1', heading: '二', words: 4 },
  ],
}
const before = valuesOf(notebook, record)
const changesWith = (changes: object) => changesOf(notebooks, notebook, before, { ...before, ...changes })
const lines = Array.isArray(before.pages) ? before.pages : []

describe('changesOf', () => {
  it('is empty when nothing changed', () => {
    expect(changesWith({})).toEqual({})
    expect(changesWith({ secret: null, pages: [...lines, newLine()] })).toEqual({})
  })

  it('has what changed and null for what was cleared', () => {
    expect(changesWith({ name: '红本', colour: null })).toEqual({ name: '红本', colour: null })
  })

  it('never has what the engine computes', () => {
    expect(changesWith({ words: 9 })).toEqual({})
  })

  it('says null for the part of an object that went, because a merge patch keeps what it does not name', () => {
    expect(changesWith({ place: { text: '黄河八路' } })).toEqual({ place: { region: null, text: '黄河八路' } })
    expect(changesWith({ place: { region: null } })).toEqual({ place: null })
  })

  it('sends lines whole: known ones with their changes, new ones with their values, removed ones not', () => {
    const pages = [{ ...Object(lines[1]), words: 5 }, newLine({ heading: '三' })]
    expect(changesWith({ pages })).toEqual({ pages: [{ id: 'b', words: 5 }, { heading: '三' }] })
  })

  it('sends lines whose order changed', () => {
    expect(changesWith({ pages: [lines[1], lines[0]] })).toEqual({ pages: [{ id: 'b' }, { id: 'a' }] })
  })
})

describe('creationOf', () => {
  it('has what was filled in and the lines that hold something', () => {
    const values = { ...newValues(notebook), name: '新本', place: { text: null } }
    const pages = [newLine({ heading: '一', words: null }), newLine()]
    expect(creationOf(notebooks, notebook, { ...values, pages })).toEqual({ name: '新本', pages: [{ heading: '一' }] })
  })

  it('says null for a default that was cleared, or the engine would fill it in again', () => {
    expect(creationOf(notebooks, notebook, { name: '新本', colour: null, secret: null })).toEqual({
      name: '新本',
      colour: null,
    })
  })
})

describe('changedFields', () => {
  it('counts what cannot be read as a change', () => {
    const after = { ...before, name: unread('?') }
    expect(changedFields(notebook, before, after).map(({ name }) => name)).toEqual(['name'])
  })
})
