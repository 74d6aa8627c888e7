import { expect, test } from 'vitest'
import type { Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from './compile-release.ts'
import { acceptedLocales, chooseLocale, localizeBody } from './localize.ts'
import { localizeRelease } from './localize-release.ts'
import { emptyStorage } from './storage.ts'

const article: JsonObject = {
  title: '文章',
  properties: {
    name: { title: '名称', 'x-field': { type: 'text' } },
    kind: { title: '类别', 'x-field': { type: 'select', optionSet: 'length' } },
    'a/b': { title: '甲' },
  },
  'x-entity': { rules: { long: { when: 'false', error: '太长' }, short: { when: 'false', error: '太短' } } },
}
const english: JsonObject = {
  'entity/article': {
    '/title': 'Article',
    '/properties/name/title': 'Name',
    '/properties/a~1b/title': 'A',
    '/x-entity/rules/long/error': 'Too long',
  },
  'option-set/length': { '/options/short/title': 'Short' },
}

function definitions(texts: JsonObject) {
  const all: Definition[] = [
    { kind: 'entity', name: 'article', body: article },
    { kind: 'option-set', name: 'length', body: { title: '长度', options: { short: { title: '短' } } } },
    { kind: 'translation', name: 'en', body: texts },
  ]
  return foldLayers([{ owner: 'base', definitions: all, extensions: [], overrides: [] }]).definitions
}

const localized = (texts: JsonObject, locale = 'en') =>
  localizeBody(definitions(texts), 'entity/article', article, locale)

test('a body shows its texts in the wanted language, keys with slashes included', () => {
  expect(localized(english)).toMatchObject({
    title: 'Article',
    properties: { name: { title: 'Name', 'x-field': { type: 'text' } }, 'a/b': { title: 'A' } },
  })
})

test('what has no translation stays as it is, and without any the body is the same object', () => {
  expect(localized(english)).toMatchObject({ 'x-entity': { rules: { short: { error: '太短' } } } })
  expect(localized(english, 'fr')).toBe(article)
  expect(localized({})).toBe(article)
})

test.each<[string, JsonObject]>([
  ['nothing stands there', { '/properties/gone/title': 'Gone' }],
  ['an object stands there', { '/properties/name': 'Name' }],
  ['it is no text', { '/title': { en: 'Article' } }],
  ['it is no text for people', { '/properties/name/x-field/type': 'number', '/x-entity/rules/long/when': 'true' }],
  ['it leads to what every object inherits', { '/constructor/name': 'X', '/__proto__/title': 'X' }],
])('a translation changes nothing where %s', (_title, texts) => {
  expect(localized({ 'entity/article': texts })).toEqual(article)
})

test('localizing leaves the body and the order of its keys alone', () => {
  const before = JSON.stringify(article)
  expect(Object.keys(localized(english))).toEqual(Object.keys(article))
  expect(JSON.stringify(article)).toBe(before)
})

test('a release tells titles, options and rules in the wanted language, else in its own', () => {
  const release = compileRelease(1, definitions(english), emptyStorage)
  const told = localizeRelease(release, 'en').entity('article')
  expect(told?.title).toBe('Article')
  expect(told?.fields.get('name')?.title).toBe('Name')
  expect(told?.fields.get('kind')?.choices.get('short')?.title).toBe('Short')
  expect(told?.rules.map(({ error }) => error)).toEqual(['Too long', '太短'])
  expect(localizeRelease(release, 'fr')).toBe(release)
  expect(localizeRelease(release, 'en')).toBe(localizeRelease(release, 'en'))
})

test('what a currency brings and a held field keeps are told in the wanted language too', () => {
  const texts = { '/properties/name/title': 'Name', '/properties/sum/title': 'Sum' }
  const all = new Map(definitions({ 'entity/article': texts }))
  const article = all.get('entity/article')
  if (article === undefined) throw new Error('There is no article.')
  const sum = { title: '金额', 'x-field': { type: 'money' } }
  const properties = { name: { title: '名称', 'x-field': { type: 'text' } }, sum }
  all.set('entity/article', { ...article, body: { title: '文章', properties, 'x-entity': { currency: true } } })
  const next = { column: 'name__2', type: 'number', columnType: 'numeric' } as const
  const held = { name: { property: { title: '旧', 'x-field': { type: 'long-text' } }, next } }
  const storage = { entities: { article: { table: 'article', fields: {}, held } }, aliases: {} }
  const told = localizeRelease(compileRelease(1, all, storage), 'en')
  expect([...(told.entity('article')?.fields.values() ?? [])].map(({ title, type }) => `${title} ${type}`)).toEqual([
    'Name long-text',
    'Sum money',
    'Currency text',
    'Rate number',
    'Sum (company currency) formula',
  ])
  expect(told.storage).toBe(storage)
})

test.each([
  [['en'], 'en'],
  [['en-GB'], 'en'],
  [['EN'], 'en'],
  [['zh-TW', 'en'], 'zh-CN'],
  [['fr', 'en'], 'en'],
  [['fr'], 'zh-CN'],
  [[], 'zh-CN'],
])('who wants %j gets %s', (wanted, locale) => {
  expect(chooseLocale(['zh-CN', 'en'], wanted)).toBe(locale)
})

test.each([
  ['en', ['en']],
  ['fr;q=0.5, en-GB, zh;q=0.8', ['en-GB', 'zh', 'fr']],
  ['en;q=0, *;q=0.1', []],
  ['', []],
  ['en; q=x, zh', ['zh']],
])('“Accept-Language: %s” wants %j', (header, locales) => {
  expect(acceptedLocales(header)).toEqual(locales)
})
