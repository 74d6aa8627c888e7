import { DeleteOutlined, MoreOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { useRouter } from '@tanstack/react-router'
import { Button, Dropdown, Input, type InputRef, Select } from 'antd'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayDo } from '../api/session.ts'
import { useSession } from '../shell/session-context.ts'
import { useKey } from '../shell/use-key.ts'
import { ColumnsPanel } from './ColumnsPanel.tsx'
import { AddCondition, FilterBar } from './FilterBar.tsx'
import type { List } from './use-list.ts'

interface ListToolsProps {
  readonly list: List
  readonly isPhone: boolean
}

/** One line of tools over a list, and its filter when there is one. */
export function ListTools({ list, isPhone }: ListToolsProps) {
  return (
    <>
      <div className="heddle-tools">
        {isPhone ? <ViewSelect list={list} /> : <ViewTabs list={list} />}
        {list.entity.search.length > 0 && <SearchBox key={list.view.name} list={list} />}
        <AddCondition list={list} shape={isPhone ? 'icon' : 'button'} />
        {!isPhone && <ColumnsPanel list={list} />}
        <MoreMenu list={list} />
        {!isPhone && <CreateButton list={list} />}
      </div>
      <FilterBar list={list} />
    </>
  )
}

function ViewTabs({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  if (list.isTrash) return <TrashTitle list={list} />
  return (
    <div className="heddle-views" role="tablist" aria-label={t('list.views')}>
      {list.views.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          className="heddle-tab"
          role="tab"
          aria-selected={name === list.view.name}
          onClick={() => list.change.view(name)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}

function ViewSelect({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  if (list.isTrash) return <TrashTitle list={list} />
  return (
    <Select
      className="heddle-view-select"
      aria-label={t('list.views')}
      variant="borderless"
      value={list.view.name}
      options={list.views.map(({ name, title }) => ({ value: name, label: title }))}
      onChange={list.change.view}
    />
  )
}

function TrashTitle({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  return (
    <div className="heddle-views">
      <DeleteOutlined aria-hidden /> {t('list.inTrash')}
      <Button type="link" size="small" onClick={() => list.change.trash(false)}>
        {t('list.leaveTrash')}
      </Button>
    </div>
  )
}

const pause = 250

/** Searches as one types, but not in the middle of composing a character. */
function SearchBox({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const [text, setText] = useState(list.search)
  const isComposing = useRef(false)
  const input = useRef<InputRef>(null)
  useKey('/', () => input.current?.focus())
  const { search, change } = list
  const sent = useRef(search)
  // What the box sent itself comes back when more may have been typed already.
  useEffect(() => {
    if (search === sent.current) return
    sent.current = search
    setText(search)
  }, [search])
  const send = (typed: string) => {
    sent.current = typed.trim()
    change.search(sent.current)
  }
  const settle = useEffectEvent(() => isComposing.current || send(text))
  useEffect(() => {
    if (text.trim() === search) return
    const timer = setTimeout(settle, pause)
    return () => clearTimeout(timer)
  }, [text, search])
  const label = t('list.search', { entity: list.title })
  return (
    <Input
      ref={input}
      className="heddle-search"
      prefix={<SearchOutlined aria-hidden />}
      aria-label={label}
      placeholder={label}
      value={text}
      allowClear
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => {
        isComposing.current = true
      }}
      onCompositionEnd={(event) => {
        isComposing.current = false
        send(event.currentTarget.value)
      }}
      onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
    />
  )
}

function MoreMenu({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const items = [
    { key: 'trash', icon: <DeleteOutlined />, label: t('list.trash'), onClick: () => list.change.trash(true) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<MoreOutlined />} aria-label={t('list.more')} />
    </Dropdown>
  )
}

function CreateButton({ list }: { readonly list: List }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const router = useRouter()
  if (list.isTrash || !mayDo(me, list.entity.name, 'create')) return null
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => router.history.push(`/create/${list.entity.name}`)}>
      {t('list.create')}
    </Button>
  )
}
