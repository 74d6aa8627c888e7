import { expect, test } from 'vitest'
import type { Definition } from '../definition.ts'
import type { JsonObject } from '../json.ts'
import { foldLayers } from '../layers/fold.ts'
import { emptyStorage } from '../release/storage.ts'
import { finish } from '../stepwise.ts'
import { missingTranslations } from './missing-translations.ts'
import { validateDefinitions } from './validate-definitions.ts'

const article: JsonObject = {
  title: '文章',
  properties: {
    kind: {
      title: '类别',
      description: '一种',
      default: { title: '不是文字' },
      'x-field': { type: 'select', options: { a: { title: '甲' } } },
    },
    default: { title: '默认', 'x-field': { type: 'text' } },
  },
  'x-entity': { rules: { long: { when: 'false', error: '太长' } } },
}
const view: JsonObject = { entity: 'article', title: '文章', columns: { title: {} } }

function findings(locales: string[], texts: JsonObject) {
  const bodies: [string, JsonObject][] = [
    ['entity/article', article],
    ['view/articles', view],
    ['settings/site', { locales }],
    ['translation/en', texts],
  ]
  return finish(
    missingTranslations(
      new Map(
        bodies.map(([address, body]) => {
          const [kind = '', name = ''] = address.split('/')
          return [address, { kind, name, body }]
        }),
      ),
    ),
  )
}

test('one warning for each definition tells how many of its texts a listed language lacks', () => {
  const texts = { 'entity/article': { '/title': 'Article', '/properties/kind/title': 'Kind' } }
  expect(findings(['zh-CN', 'en'], texts)).toEqual([
    {
      severity: 'warning',
      address: 'entity/article',
      path: '/properties/kind/description',
      code: 'translation.missing',
      message: '4 texts of “entity/article” have no translation in “en”, first “/properties/kind/description”.',
      hint: expect.any(String),
    },
    expect.objectContaining({
      address: 'view/articles',
      message: '1 text of “view/articles” has no translation in “en”, first “/title”.',
    }),
  ])
})

test('nothing is missing when every text is translated', () => {
  const texts = {
    'entity/article': {
      '/title': 'Article',
      '/properties/kind/title': 'Kind',
      '/properties/kind/description': 'One of',
      '/properties/kind/x-field/options/a/title': 'A',
      '/properties/default/title': 'Default',
      '/x-entity/rules/long/error': 'Too long',
    },
    'view/articles': { '/title': 'Articles' },
  }
  expect(findings(['zh-CN', 'en'], texts)).toEqual([])
})

test('languages that the settings do not list, and the language of the definitions, need no translation', () => {
  expect(findings(['zh-CN'], {})).toEqual([])
})

test('only texts for people are translated', () => {
  const texts = {
    '/title': 'Article',
    '/properties/kind/x-field/type': 'text',
    '/properties/kind/default/title': 'Not a text',
    '/x-entity/rules/long/when': 'true',
    '/x-entity/rules/gone/error': 'Gone',
  }
  const definitions: Definition[] = [
    { kind: 'entity', name: 'article', body: article },
    { kind: 'settings', name: 'site', body: { company: { name: '公司' } } },
    {
      kind: 'translation',
      name: 'en',
      body: { 'entity/article': texts, 'settings/site': { '/company/name': 'Company' } },
    },
  ]
  const folded = foldLayers([{ owner: 'site', definitions, extensions: [], overrides: [] }])
  const found = validateDefinitions(folded, emptyStorage).filter(({ address }) => address === 'translation/en')
  expect(found.map(({ severity, code, path }) => `${severity} ${code} ${path.split('/').at(-1)}`)).toEqual([
    'error translation.text ~1properties~1kind~1x-field~1type',
    'error translation.text ~1properties~1kind~1default~1title',
    'error translation.text ~1x-entity~1rules~1long~1when',
    'warning translation.target ~1x-entity~1rules~1gone~1error',
  ])
})
