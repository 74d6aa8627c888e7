import { expect, it } from 'vitest'
import { mentionedIn, mentionParts } from './mention-parts.ts'

const people = [
  { id: '1', name: '王磊' },
  { id: '2', name: '王磊磊' },
  { id: '3', name: 'A. (Bo)' },
]

it('a mention is a name after an at sign', () => {
  expect(mentionedIn('@王磊 请看,王磊磊 不用', people).map(({ id }) => id)).toEqual(['1'])
})

it('who has the longer name is mentioned alone, unless both are', () => {
  const idsIn = (text: string) => mentionedIn(text, people).map(({ id }) => id)
  expect(idsIn('@王磊磊 请看')).toEqual(['2'])
  expect(idsIn('@王磊磊 请看,@王磊 也看')).toEqual(['1', '2'])
})

it('mentioned names are set apart, the longest first', () => {
  expect(mentionParts('@王磊磊 和 @A. (Bo)好', people).map(({ text, isMention }) => [text, isMention])).toEqual([
    ['@王磊磊', true],
    [' 和 ', false],
    ['@A. (Bo)', true],
    ['好', false],
  ])
})

it('a comment without mentions is one piece', () => {
  expect(mentionParts('a@b.c', [])).toEqual([{ text: 'a@b.c', isMention: false, start: 0 }])
})
