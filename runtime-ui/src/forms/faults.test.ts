import { describe, expect, it } from 'vitest'
import { firstFault } from '../fields/first-fault.ts'
import { newLine, newValues } from '../fields/record-values.ts'
import { unread } from '../fields/unread.ts'
import { entityOf, notebooks } from '../testing/notebooks.ts'
import { atFormPaths, faultTree, inReadingOrder, placeOf, unreadFaults } from './faults.ts'

const notebook = entityOf('notebook')
const fault = (path: string) => ({ path, code: 'value.required', message: '' })

describe('unreadFaults', () => {
  it('finds what cannot be read in lines too, with the reason of the field type', () => {
    const values = {
      ...newValues(notebook),
      pages: [newLine({ heading: 'a' }), newLine({ words: unread('many') })],
    }
    expect(unreadFaults(notebooks, notebook, values, 'UTC')).toMatchObject([
      { path: '/pages/1/words', code: 'text.number' },
    ])
  })
})

describe('atFormPaths', () => {
  it('counts the untouched lines that were not sent', () => {
    const values = { pages: [newLine(), newLine({ heading: 'a' }), newLine(), newLine({ heading: 'b' })] }
    const faults = [fault('/pages/0/words'), fault('/pages/1/heading'), fault('/pages'), fault('/name')]
    expect(atFormPaths(faults, notebook, values).map(({ path }) => path)).toEqual([
      '/pages/1/words',
      '/pages/3/heading',
      '/pages',
      '/name',
    ])
  })
})

describe('placeOf', () => {
  it('knows the field of a line', () => {
    const { field, line, within } = placeOf(notebooks, notebook, '/pages/2/words')
    expect([field?.title, line, within?.title]).toEqual(['字数', 2, '页'])
  })

  it('knows nothing of the record as a whole', () => {
    expect(placeOf(notebooks, notebook, '').field).toBeUndefined()
  })
})

describe('faultTree', () => {
  it('holds the texts where rjsf looks for them', () => {
    const tree = faultTree([
      { path: '/name', text: 'a' },
      { path: '/name', text: 'b' },
      { path: '/pages/1/words', text: 'c' },
    ])
    expect(tree).toEqual({ name: { __errors: ['a', 'b'] }, pages: { 1: { words: { __errors: ['c'] } } } })
    expect(firstFault(tree.pages)).toBe('c')
    expect(firstFault(tree.colour)).toBeUndefined()
  })
})

describe('inReadingOrder', () => {
  it('goes by the form, what belongs to no field last', () => {
    const sorted = inReadingOrder([fault(''), fault('/b'), fault('/a/0')], ['a', 'b'])
    expect(sorted.map(({ path }) => path)).toEqual(['/a/0', '/b', ''])
  })
})
