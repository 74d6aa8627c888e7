import { expect, it } from 'vitest'
import { parseViewSettings, renderViewSettings, type ViewSettings, withView } from './view-settings.ts'

const settings: ViewSettings = {
  density: 'compact',
  views: {
    all: {
      columns: [
        { name: 'title', width: 200 },
        { name: 'kind', width: undefined },
      ],
      sort: '-title',
    },
  },
}

it('settings come back as they were stored', () => {
  expect(parseViewSettings(renderViewSettings(settings))).toEqual(settings)
})

it('settings that nobody made are the defaults', () => {
  expect(parseViewSettings({})).toEqual({ density: 'comfortable', views: {} })
  expect(parseViewSettings({ density: 3, views: { all: { columns: [{}, 'x'] } } })).toEqual({
    density: 'comfortable',
    views: { all: {} },
  })
})

it('a change of one view leaves the others alone', () => {
  expect(withView(settings, 'mine', { sort: 'kind' }).views).toEqual({ ...settings.views, mine: { sort: 'kind' } })
})
