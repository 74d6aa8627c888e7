import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchQuery } from '../api/search.ts'
import { type Destination, destinations } from './go-to.ts'
import { MenuIcon } from './MenuIcon.tsx'
import type { Menu } from './menus.ts'
import { recentRecords } from './recent.ts'
import { useSession } from './session-context.ts'

interface GoToProps {
  readonly menus: readonly Menu[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The palette: type where to go, what to create or what to find. */
export function GoTo({ menus, isOpen, onClose }: GoToProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open={isOpen}
      onCancel={onClose}
      footer={null}
      title={<span className="heddle-visually-hidden">{t('shell.goTo')}</span>}
      closable={false}
      width={560}
      destroyOnHidden
      className="heddle-goto"
    >
      <Palette menus={menus} onClose={onClose} />
    </Modal>
  )
}

function Palette({ menus, onClose }: Pick<GoToProps, 'menus' | 'onClose'>) {
  const { t } = useTranslation()
  const session = useSession()
  const router = useRouter()
  const [text, setText] = useState('')
  const [position, setPosition] = useState(0)
  const { found, isSearching, error } = useFound(text)
  const recent = recentRecords(session.me.id)
  const shown = destinations(text, menus, { ...session, recent, found })
  const go = (destination: Destination | undefined) => {
    if (destination === undefined) return
    onClose()
    router.history.push(destination.path)
  }
  const steer = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0
    if (step !== 0) event.preventDefault()
    setPosition((current) => Math.min(Math.max(current + step, 0), Math.max(shown.length - 1, 0)))
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(shown[position])
  }
  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        role="combobox"
        aria-expanded
        aria-controls="go-to-list"
        aria-activedescendant={shown[position] === undefined ? undefined : `go-to-${position}`}
        aria-label={t('shell.goTo')}
        placeholder={t('shell.goToHint')}
        prefix={<SearchOutlined aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setPosition(0)
        }}
        onKeyDown={steer}
      />
      <div
        role="listbox"
        id="go-to-list"
        aria-label={t('shell.goTo')}
        aria-busy={isSearching}
        className="heddle-goto-list"
      >
        {shown.map((destination, index) => (
          <div
            key={destination.key}
            id={`go-to-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === position}
            ref={(element) => {
              if (index === position) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseMove={() => setPosition(index)}
            onClick={() => go(destination)}
            onKeyDown={steer}
          >
            <MenuIcon name={destination.icon} title={destination.title} />
            <span className="heddle-ellipsis">
              {t(`shell.goToKind.${destination.group}`, { title: destination.title, text: text.trim() })}
            </span>
            {destination.kind !== undefined && <small>{destination.kind}</small>}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="heddle-goto-none" role="status">
          {t(error !== null ? 'shell.goToFailed' : isSearching ? 'common.loading' : 'shell.goToNone')}
        </p>
      )}
    </>
  )
}

const pause = 150

/** Records with the text, asked for once one stops typing; never those of a former text, which Enter would open. */
function useFound(text: string) {
  const present = text.trim()
  const [wanted, setWanted] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setWanted(present), pause)
    return () => clearTimeout(timer)
  }, [present])
  const { data, isFetching, error } = useQuery(searchQuery(wanted))
  const isSettled = wanted === present
  return { found: isSettled ? (data ?? []) : [], isSearching: isFetching || !isSettled, error }
}
