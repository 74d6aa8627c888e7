import { describe, expect, it } from 'vitest'
import { branchesOf, branchPath, firstBranch } from './option-branches.ts'

const option = (key: string, parent?: string) => [key, { key, title: key.toUpperCase(), hue: 'gray', parent }] as const
const options = new Map([
  option('a'),
  option('b', 'a'),
  option('c', 'b'),
  option('d', 'gone'),
  option('e', 'f'),
  option('f', 'e'),
])

describe('branchesOf', () => {
  it('nests options under their parents; where the parent is gone they stand at the root', () => {
    expect(branchesOf(options)).toEqual([
      { value: 'a', label: 'A', children: [{ value: 'b', label: 'B', children: [{ value: 'c', label: 'C' }] }] },
      { value: 'd', label: 'D' },
    ])
  })
})

describe('branchPath', () => {
  it('goes from the root to the key and ends in rings and at gaps', () => {
    expect(branchPath('c', options)).toEqual(['a', 'b', 'c'])
    expect(branchPath('d', options)).toEqual(['d'])
    expect(branchPath('e', options)).toEqual(['f', 'e'])
  })
})

describe('firstBranch', () => {
  it('prefers titles that begin with the text', () => {
    const named = new Map([
      ['x', { key: 'x', title: 'Old Port', hue: 'gray', parent: undefined }],
      ['y', { key: 'y', title: 'Portland', hue: 'gray', parent: undefined }],
    ] as const)
    expect(firstBranch('port', named)).toBe('y')
    expect(firstBranch('old', named)).toBe('x')
    expect(firstBranch('nowhere', named)).toBeUndefined()
  })
})
