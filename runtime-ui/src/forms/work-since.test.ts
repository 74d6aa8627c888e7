import { describe, expect, it } from 'vitest'
import { lineKey, linesOf, newLine, newValues, valuesOf } from '../fields/record-values.ts'
import { entityOf, notebooks } from '../testing/notebooks.ts'
import { changedFields, changesOf } from './changes.ts'
import { workSince } from './work-since.ts'

const notebook = entityOf('notebook')
const changedNames = ({ base, values }: ReturnType<typeof workSince>) =>
  changedFields(notebook, base, values).map(({ name }) => name)

describe('workSince', () => {
  const sent = valuesOf(notebook, { name: '甲', colour: 'red' })
  const record = { id: '1', version: 2, name: '甲', colour: 'red', words: 3 }

  it('is nothing when nothing was typed while the save was under way', () => {
    const work = workSince(notebook, { sent, now: sent }, { ...record, name: '甲。' })
    expect(changedNames(work)).toEqual([])
    expect(work.values).toMatchObject({ name: '甲。', words: 3 })
  })

  it('keeps what was typed meanwhile, on the record as it was saved', () => {
    const work = workSince(notebook, { sent, now: { ...sent, name: '甲乙', secret: '旧' } }, record)
    expect(work.record).toBe(record)
    expect(changesOf(notebooks, notebook, work.base, work.values)).toEqual({ name: '甲乙', secret: '旧' })
  })

  it('knows that a default was cleared meanwhile, and takes no default for cleared', () => {
    const given = newValues(notebook, { name: '甲' })
    expect(changedNames(workSince(notebook, { sent: given, now: given }, record))).toEqual([])
    expect(changedNames(workSince(notebook, { sent: given, now: { ...given, colour: null } }, record))).toEqual([
      'colour',
    ])
  })

  it('changes the lines that were saved and adds the new ones, each under the key it is drawn with', () => {
    const [first, blank, added] = [newLine({ heading: '一' }), newLine(), newLine({ heading: '二' })]
    const given = { ...sent, pages: [first, blank] }
    const now = { ...sent, pages: [{ ...first, words: 5 }, blank, added] }
    const saved = { ...record, pages: [{ id: 'a', version: 1, notebook: '1', heading: '一', words: null }] }
    const work = workSince(notebook, { sent: given, now }, saved)
    expect(changesOf(notebooks, notebook, work.base, work.values)).toEqual({
      pages: [{ id: 'a', words: 5 }, { heading: '二' }],
    })
    expect(linesOf(work.values.pages).map((line) => line[lineKey])).toEqual(
      [first, blank, added].map((line) => line[lineKey]),
    )
  })

  it('has lines without those that were removed meanwhile', () => {
    const pages = [
      { id: 'a', version: 1, notebook: '1', heading: '一', words: 1 },
      { id: 'b', version: 1, notebook: '1', heading: '二', words: 2 },
    ]
    const given = valuesOf(notebook, { ...record, pages })
    const work = workSince(
      notebook,
      { sent: given, now: { ...given, pages: linesOf(given.pages).slice(1) } },
      { ...record, pages },
    )
    expect(changesOf(notebooks, notebook, work.base, work.values)).toEqual({ pages: [{ id: 'b' }] })
  })

  it('takes the label of a record that was chosen meanwhile, and no older one', () => {
    const now = { ...sent, name: '乙', _related: { name: { id: '2', label: '乙' }, colour: { id: '3', label: '旧' } } }
    expect(workSince(notebook, { sent, now }, record).values._related).toEqual({ name: { id: '2', label: '乙' } })
  })
})
