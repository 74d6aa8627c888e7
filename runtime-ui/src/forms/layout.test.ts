import type { Field } from '@heddle/metadata'
import { describe, expect, it } from 'vitest'
import type { FieldTraits } from '../fields/widget.ts'
import { entityOf, notebooks, releaseOf } from '../testing/notebooks.ts'
import { type Layout, layoutOf, placesOf, shownLayout } from './layout.ts'

const terms = {
  titles: { basics: '基本资料', computed: '汇总' },
  traitsOf: ({ type }: Field): FieldTraits => (type === 'lines' ? { isWide: true, hasOwnSection: true } : {}),
}
const definition = {
  entity: 'notebook',
  title: '本子',
  default: true,
  tabs: {
    main: {
      title: '主要',
      sections: {
        top: { title: '上', columns: 2, fields: { name: {}, gone: {}, colour: { span: 3 } } },
        below: { title: '下', columns: 3, visible: 'colour = "red"', fields: { pages: { columns: { heading: {} } } } },
      },
    },
    more: { title: '更多', visible: 'false', sections: { rest: { title: '其余', fields: { secret: {} } } } },
  },
}
const authored = releaseOf({
  'entity/notebook': entityOf('notebook').body,
  'form/notebook': definition,
  'form/short': { entity: 'notebook', title: '短', tabs: {} },
})

function outline(layout: Layout): string[] {
  return layout.flatMap((tab) =>
    tab.sections.map(
      ({ title, places }) =>
        `${tab.title}/${title}: ${places.map(({ field, span }) => `${field.name}×${span}`).join(' ')}`,
    ),
  )
}

describe('layoutOf', () => {
  it('takes the default form of the entity, leaving out fields that are gone', () => {
    expect(outline(layoutOf(authored, entityOf('notebook'), terms))).toEqual([
      '主要/上: name×1 colour×2',
      '主要/下: pages×3',
      '更多/其余: secret×1',
    ])
  })

  it('takes the form that is asked for', () => {
    expect(layoutOf(authored, entityOf('notebook'), terms, 'short')).toEqual([])
  })

  it('makes one when there is none: written fields, lines of their own, then what is computed', () => {
    expect(outline(layoutOf(notebooks, entityOf('notebook'), terms))).toEqual([
      '本子/基本资料: name×1 colour×1 place×1 secret×1',
      '本子/页: pages×2',
      '本子/汇总: words×1',
    ])
  })

  it('keeps the columns of a line table', () => {
    const places = placesOf(layoutOf(authored, entityOf('notebook'), terms))
    expect(places.find(({ field }) => field.name === 'pages')?.columns).toEqual({ heading: {} })
  })
})

describe('shownLayout', () => {
  const layout = layoutOf(authored, entityOf('notebook'), terms)

  it('drops hidden fields with the sections and tabs that hold nothing else', () => {
    const shown = shownLayout(layout, {
      isShown: ({ name }) => name !== 'secret' && name !== 'colour',
      holds: () => true,
    })
    expect(outline(shown)).toEqual(['主要/上: name×1', '主要/下: pages×3'])
  })

  it('drops tabs and sections whose condition does not hold', () => {
    const shown = shownLayout(layout, { isShown: () => true, holds: (condition) => condition === 'false' })
    expect(outline(shown)).toEqual(['主要/上: name×1 colour×2', '更多/其余: secret×1'])
  })

  it('keeps a demanded field with its section and tab though they are hidden', () => {
    const isSecret = ({ name }: { name: string }) => name === 'secret'
    const shown = shownLayout(layout, { isShown: () => false, holds: () => false, isDemanded: isSecret })
    expect(outline(shown)).toEqual(['更多/其余: secret×1'])
  })
})
