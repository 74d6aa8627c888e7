import type { Entity, JsonObject } from '@heddle/metadata'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceStore } from '../device-store.ts'
import { useMedia } from '../shell/Appearance.tsx'
import { RecordFacts } from './RecordFacts.tsx'
import { RelatedLists } from './RelatedLists.tsx'
import { panelOf, TabList } from './TabList.tsx'
import { Timeline } from './timeline/Timeline.tsx'

/** Up to this width form, timeline and related records are three pages instead of two columns. */
const narrowQuery = '(max-width: 1079px)'
const pages = ['details', 'timeline', 'related'] as const
type Page = (typeof pages)[number]

interface RecordBodyProps {
  readonly entity: Entity
  readonly record: JsonObject
  /** The form. */
  readonly children: ReactNode
}

/** The form with what happened and what belongs to the record beside it; on narrow screens one at a time. */
export function RecordBody({ entity, record, children }: RecordBodyProps) {
  const { t } = useTranslation()
  const isNarrow = useMedia(narrowQuery)
  const [page, choose] = usePage(isNarrow)
  const tabs = (isNarrow ? pages : pages.slice(1)).map((id) => ({ id, title: t(`record.page.${id}`) }))
  const list = <TabList label={t('record.pages')} tabs={tabs} chosen={page} onChoose={choose} />
  const beside = (
    <>
      {page === 'timeline' && (
        <div {...panelOf('timeline')}>
          <Timeline entity={entity} record={record} />
        </div>
      )}
      {page === 'related' && (
        <div {...panelOf('related')} className="heddle-related-lists">
          <RelatedLists entity={entity} record={record} />
          <RecordFacts record={record} />
        </div>
      )}
    </>
  )
  if (!isNarrow) {
    return (
      <div className="heddle-record-body">
        <div className="heddle-record-form">{children}</div>
        <aside className="heddle-record-side" aria-label={t('record.side')}>
          {list}
          {beside}
        </aside>
      </div>
    )
  }
  return (
    <>
      {list}
      {/* Hidden, not gone: what was typed and where one stood in it stays. */}
      <div {...panelOf('details')} className="heddle-record-form" hidden={page !== 'details'}>
        {children}
      </div>
      <div className="heddle-record-side" hidden={page === 'details'}>
        {beside}
      </div>
    </>
  )
}

const sideKey = 'heddle.record.side'

/** The page in the address; beside a form the one that was looked at last on this device. */
function usePage(isNarrow: boolean): [Page, (page: Page) => void] {
  const { tab } = useSearch({ from: '/app/record/$entity/$id' })
  const navigate = useNavigate({ from: '/record/$entity/$id' })
  const asked = pages.find((each) => each === tab)
  const last = deviceStore.getItem(sideKey) === 'related' ? 'related' : 'timeline'
  const choose = (page: Page) => {
    if (page !== 'details') deviceStore.setItem(sideKey, page)
    void navigate({ search: page === 'details' ? {} : { tab: page }, replace: true })
  }
  if (isNarrow) return [asked ?? 'details', choose]
  return [asked === undefined || asked === 'details' ? last : asked, choose]
}
