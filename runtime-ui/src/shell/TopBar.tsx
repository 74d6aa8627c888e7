import { PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { useParams, useRouter } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { creatable } from './go-to.ts'
import { MenuIcon } from './MenuIcon.tsx'
import type { Menu } from './menus.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { useSession } from './session-context.ts'
import { useKey } from './use-key.ts'

interface TopBarProps {
  readonly menus: readonly Menu[]
  readonly onGoTo: () => void
  readonly onKeys: () => void
}

/** The top bar: where you are (pages draw it here), finding, creating, and the person. */
export function TopBar({ menus, onGoTo, onKeys }: TopBarProps) {
  const { t } = useTranslation()
  return (
    <header className="heddle-top">
      <div id="heddle-crumbs" className="heddle-top-crumbs" />
      <Button
        className="heddle-top-search"
        icon={<SearchOutlined />}
        aria-label={t('shell.goTo')}
        aria-keyshortcuts="Control+K"
        onClick={onGoTo}
      >
        <span>{t('shell.goTo')}</span>
        <kbd>Ctrl K</kbd>
      </Button>
      <CreateMenu menus={menus} />
      <PersonMenu onKeys={onKeys} />
    </header>
  )
}

function CreateMenu({ menus }: { readonly menus: readonly Menu[] }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  useKey('c', () => setOpen(true))
  const here = useParams({ strict: false, select: ({ entity }) => entity })
  // What one is looking at comes first: two keys make another one.
  const kinds = creatable(menus, me).toSorted((a, b) => Number(b.entity === here) - Number(a.entity === here))
  const items = kinds.map(({ entity, title, icon }) => ({
    key: entity,
    label: title,
    icon: <MenuIcon name={icon} title={title} />,
    onClick: () => router.history.push(`/create/${entity}`),
  }))
  if (items.length === 0) return null
  return (
    <Dropdown menu={{ items, autoFocus: true }} trigger={['click']} open={isOpen} onOpenChange={setOpen} autoFocus>
      <Button type="text" icon={<PlusOutlined />} aria-label={t('shell.create')} title={`${t('shell.create')} (C)`} />
    </Dropdown>
  )
}
