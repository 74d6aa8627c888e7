import { expect, test } from 'vitest'
import type { Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from './compile-release.ts'
import { acceptedLocales, chooseLocale, localizeBody, localizedRuleError } from './localize.ts'
import { emptyStorage } from './storage.ts'

const article: JsonObject = {
  title: '文章',
  properties: { name: { title: '名称', 'x-field': { type: 'text' } }, 'a/b': { title: '甲' } },
  'x-entity': { rules: { long: { when: 'false', error: '太长' }, short: { when: 'false', error: '太短' } } },
}
const english: JsonObject = {
  'entity/article': {
    '/title': 'Article',
    '/properties/name/title': 'Name',
    '/properties/a~1b/title': 'A',
    '/x-entity/rules/long/error': 'Too long',
  },
}

function definitions(texts: JsonObject) {
  const all: Definition[] = [
    { kind: 'entity', name: 'article', body: article },
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
  ['it leads to what every object inherits', { '/constructor/name': 'X', '/__proto__/title': 'X' }],
])('a translation changes nothing where %s', (_title, texts) => {
  expect(localized({ 'entity/article': texts })).toEqual(article)
})

test('localizing leaves the body and the order of its keys alone', () => {
  const before = JSON.stringify(article)
  expect(Object.keys(localized(english))).toEqual(Object.keys(article))
  expect(JSON.stringify(article)).toBe(before)
})

test('a rule tells its error in the wanted language, else in its own', () => {
  const release = compileRelease(1, definitions(english), emptyStorage)
  const entity = release.entity('article')
  if (entity === undefined) throw new Error('There is no entity.')
  const error = (id: string, locale: string) => localizedRuleError(release, entity, id, locale)
  expect(error('long', 'en')).toBe('Too long')
  expect(error('long', 'zh-CN')).toBe('太长')
  expect(error('short', 'en')).toBe('太短')
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
