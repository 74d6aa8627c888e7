import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { CompanyMark } from './CompanyMark.tsx'
import { MenuIcon } from './MenuIcon.tsx'
import type { Menu, MenuEntry } from './menus.ts'

interface RailProps {
  readonly menus: readonly Menu[]
  readonly isCollapsed: boolean
  readonly onCollapse: (isCollapsed: boolean) => void
}

/** The left rail: company, menus with their entries, and the way to make it narrow. */
export function Rail({ menus, isCollapsed, onCollapse }: RailProps) {
  const { t } = useTranslation()
  const label = t(isCollapsed ? 'shell.expand' : 'shell.collapse')
  return (
    <aside className={isCollapsed ? 'heddle-rail heddle-rail-narrow' : 'heddle-rail'}>
      <Link to="/" className="heddle-rail-company" aria-label={t('shell.home')}>
        <CompanyMark size={24} withName={!isCollapsed} />
      </Link>
      <nav aria-label={t('shell.menu')} className="heddle-rail-menus">
        {menus.map((menu) => (
          <RailMenu key={menu.name} menu={menu} isCollapsed={isCollapsed} />
        ))}
      </nav>
      <Tooltip title={isCollapsed ? label : undefined} placement="right">
        <Button
          type="text"
          className="heddle-rail-fold"
          aria-label={label}
          icon={isCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          onClick={() => onCollapse(!isCollapsed)}
        />
      </Tooltip>
    </aside>
  )
}

function RailMenu({ menu, isCollapsed }: { readonly menu: Menu; readonly isCollapsed: boolean }) {
  return (
    <section className="heddle-rail-menu">
      {!isCollapsed && menu.title !== '' && <h2 className="heddle-rail-title">{menu.title}</h2>}
      <ul>
        {menu.entries.map((entry) => (
          <li key={entry.id}>
            <Tooltip title={isCollapsed ? entry.title : undefined} placement="right">
              <EntryLink entry={entry} isCollapsed={isCollapsed} />
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  )
}

function EntryLink({ entry, isCollapsed, ...rest }: { readonly entry: MenuEntry; readonly isCollapsed: boolean }) {
  return (
    <Link
      {...rest}
      to="/list/$entity"
      params={{ entity: entry.entity }}
      search={entry.view === undefined ? {} : { view: entry.view }}
      activeOptions={{ includeSearch: false }}
      className="heddle-rail-entry"
      {...(isCollapsed ? { 'aria-label': entry.title } : {})}
    >
      <MenuIcon name={entry.icon} title={entry.title} />
      {!isCollapsed && <span className="heddle-ellipsis">{entry.title}</span>}
    </Link>
  )
}
