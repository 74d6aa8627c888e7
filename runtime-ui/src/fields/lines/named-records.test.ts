import { expect, it } from 'vitest'
import { ApiProblem } from '../../api/problem.ts'
import { entityOf, fieldOf, notebooks } from '../../testing/notebooks.ts'
import { unread } from '../unread.ts'
import { findNamed, withNamed } from './named-records.ts'

// A lookup of the child stands for any: what leads back to the parent is one.
const fields = [fieldOf('page', 'heading'), fieldOf('page', 'notebook')]
const named = (lines: readonly object[]) => ({ release: notebooks, fields, lines: lines.map((line) => ({ ...line })) })
const find = async (_: object, text: string) =>
  text === '丙' ? undefined : { id: `id of ${text}`, label: text, more: '' }

it('each name is looked for once, a few at a time', async () => {
  const asked: string[] = []
  let going = 0
  let most = 0
  const texts = ['甲', '乙', '甲', '丙', 'a', 'b', 'c', 'd', 'a']
  const { found, isComplete } = await findNamed(
    named(texts.map((text) => ({ notebook: unread(text) }))),
    async (to, text) => {
      asked.push(`${to.name} ${text}`)
      going += 1
      most = Math.max(most, going)
      await new Promise((resolve) => setTimeout(resolve))
      going -= 1
      return find(to, text)
    },
  )
  expect(asked.toSorted()).toEqual(['甲', '乙', '丙', 'a', 'b', 'c', 'd'].map((text) => `notebook ${text}`).toSorted())
  expect(most).toBe(4)
  expect([found.size, isComplete]).toEqual([6, true])
})

it('a record stands only where its name still stands, beside other labels', async () => {
  const { found } = await findNamed(named([{ notebook: unread('甲') }, { notebook: unread('乙') }]), find)
  const labels = { _related: { other: { id: '9', label: '新' } } }
  const now = named([
    { notebook: 'chosen meanwhile' },
    { notebook: unread('乙'), ...labels },
    { notebook: unread('丁') },
  ])
  expect(withNamed(now, found)).toEqual([
    { notebook: 'chosen meanwhile' },
    { notebook: 'id of 乙', _related: { ...labels._related, notebook: { id: 'id of 乙', label: '乙' } } },
    { notebook: unread('丁') },
  ])
})

it('a search that failed is told, and the others are done all the same', async () => {
  const lines = named([{ notebook: unread('甲') }, { notebook: unread('乙') }])
  const { found, isComplete } = await findNamed(lines, async (to, text) => {
    if (text === '甲') throw new ApiProblem(0, { code: 'network' })
    return find(to, text)
  })
  expect([isComplete, [...found.keys()]]).toEqual([false, [`${entityOf('notebook').name} 乙`]])
})
