import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { releaseOf } from '../../testing/notebooks.ts'
import { FieldValue } from '../FieldValue.tsx'

const release = releaseOf({
  'entity/offer': {
    title: 'Offer',
    type: 'object',
    properties: {
      price: { title: 'Price', 'x-field': { type: 'money', scale: 4 } },
      twice: {
        title: 'Twice',
        'x-field': { type: 'formula', returns: 'money', scale: 4, expression: 'price * 2' },
      },
      asks: { title: 'Asks', 'x-field': { type: 'lines', entity: 'ask', by: 'offer' } },
      best: { title: 'Best', 'x-field': { type: 'rollup', from: 'ask', by: 'offer', min: 'price' } },
    },
  },
  'entity/ask': {
    title: 'Ask',
    type: 'object',
    required: ['offer'],
    properties: {
      offer: { title: 'Offer', 'x-field': { type: 'lookup', entity: 'offer', master: true } },
      price: { title: 'Price', 'x-field': { type: 'money', scale: 4 } },
    },
  },
})

it.each(['price', 'twice', 'best'])('the amount “%s” has the places of its scale, computed or not', (name) => {
  const field = release.entity('offer')?.fields.get(name)
  const shown = field && createElement(FieldValue, { field, record: { [name]: 1.2345 }, release })
  expect(renderToStaticMarkup(shown)).toContain('1.2345')
})
