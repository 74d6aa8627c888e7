import { Link } from '@tanstack/react-router'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { Crumbs } from './Crumbs.tsx'
import { MenuIcon } from './MenuIcon.tsx'
import { type Menu, menusOf } from './menus.ts'
import { recentRecords } from './recent.ts'
import { useSession } from './session-context.ts'

/** What there is to open, and what was open last. */
export function HomePage() {
  const { t } = useTranslation()
  const { me, release } = useSession()
  const menus = menusOf(release, me)
  const recent = recentRecords(me.id).filter(({ entity }) => release.entity(entity) !== undefined)
  return (
    <div className="heddle-page heddle-home">
      <Crumbs>{t('shell.home')}</Crumbs>
      <h1 className="heddle-visually-hidden">{t('shell.home')}</h1>
      {menus.length === 0 && (
        <Empty
          description={
            <>
              <strong>{t('shell.nothingYet')}</strong>
              <br />
              {t('shell.nothingYetHint')}
            </>
          }
        />
      )}
      <div className="heddle-home-menus">
        {menus.map((menu) => (
          <HomeMenu key={menu.name} menu={menu} />
        ))}
      </div>
      {recent.length > 0 && (
        <section className="heddle-home-recent">
          <h2>{t('shell.recent')}</h2>
          <ul className="heddle-choices">
            {recent.map(({ entity, id, label }) => (
              <li key={id}>
                <Link to="/record/$entity/$id" params={{ entity, id }}>
                  <span className="heddle-ellipsis">{label}</span>
                  <small>{release.entity(entity)?.title}</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function HomeMenu({ menu }: { readonly menu: Menu }) {
  return (
    <section>
      <h2>{menu.title}</h2>
      <ul className="heddle-choices">
        {menu.entries.map(({ id, title, entity, view, icon }) => (
          <li key={id}>
            <Link to="/list/$entity" params={{ entity }} search={view === undefined ? {} : { view }}>
              <MenuIcon name={icon} title={title} />
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
