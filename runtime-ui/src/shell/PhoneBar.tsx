import { HomeOutlined, PlusOutlined, UnorderedListOutlined, UserOutlined } from '@ant-design/icons'
import { Link, useRouter } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { creatable } from './go-to.ts'
import { MenuIcon } from './MenuIcon.tsx'
import type { Menu } from './menus.ts'
import { lastList } from './recent.ts'
import { useSession } from './session-context.ts'

/** The phone's bottom bar, everything within reach of a thumb. */
export function PhoneBar({ menus }: { readonly menus: readonly Menu[] }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const [isCreating, setCreating] = useState(false)
  const entities = creatable(menus, me)
  const list = lastList(menus)
  return (
    <nav className="heddle-phone-bar" aria-label={t('shell.menu')}>
      <Link to="/">
        <HomeOutlined aria-hidden />
        {t('shell.home')}
      </Link>
      {list !== undefined && (
        <Link to="/list/$entity" params={{ entity: list }} activeOptions={{ includeSearch: false }}>
          <UnorderedListOutlined aria-hidden />
          {t('shell.list')}
        </Link>
      )}
      {entities.length > 0 && (
        <button type="button" onClick={() => setCreating(true)}>
          <PlusOutlined aria-hidden />
          {t('shell.create')}
        </button>
      )}
      <Link to="/me">
        <UserOutlined aria-hidden />
        {t('shell.me')}
      </Link>
      <Drawer
        title={t('shell.createWhat')}
        placement="bottom"
        size="60%"
        open={isCreating}
        onClose={() => setCreating(false)}
      >
        <CreateChoices entities={entities} onChosen={() => setCreating(false)} />
      </Drawer>
    </nav>
  )
}

function CreateChoices({
  entities,
  onChosen,
}: {
  readonly entities: ReturnType<typeof creatable>
  readonly onChosen: () => void
}) {
  const router = useRouter()
  return (
    <ul className="heddle-choices">
      {entities.map(({ entity, title, icon }) => (
        <li key={entity}>
          <button
            type="button"
            onClick={() => {
              onChosen()
              router.history.push(`/create/${entity}`)
            }}
          >
            <MenuIcon name={icon} title={title} />
            {title}
          </button>
        </li>
      ))}
    </ul>
  )
}
