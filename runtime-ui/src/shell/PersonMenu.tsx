import { Link } from '@tanstack/react-router'
import { Avatar, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { signOut } from '../api/session.ts'
import { locales } from '../i18n/locale.ts'
import { chooseLocale, useLocale } from '../i18n/setup.ts'
import { languageNames } from './LanguageSwitch.tsx'
import { useSession } from './session-context.ts'

/** Who is signed in, the language, the designer for those who may, and the way out. */
export function PersonMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const { me } = useSession()
  const locale = useLocale()
  const items = [
    {
      type: 'group' as const,
      key: 'who',
      label: (
        <>
          {me.name}
          <br />
          {me.email}
        </>
      ),
    },
    { type: 'divider' as const },
    ...locales.map((each) => ({
      key: each,
      label: languageNames[each],
      disabled: each === locale,
      onClick: () => void chooseLocale(each),
    })),
    { type: 'divider' as const },
    { key: 'account', label: <Link to="/me">{told('title')}</Link> },
    { key: 'keys', label: t('shell.keys'), extra: '?', onClick: onKeys },
    ...(me.system.includes('design')
      ? [{ key: 'designer', label: <a href="/designer/">{t('shell.designer')}</a> }]
      : []),
    { key: 'out', label: t('shell.signOut'), onClick: () => void leave() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" shape="circle" aria-label={t('shell.person', { name: me.name })}>
        <Avatar size={26}>{me.name.slice(0, 1)}</Avatar>
      </Button>
    </Dropdown>
  )
}

/** Signs out and begins anew, so that nothing of the session stays in memory. */
export async function leave(): Promise<void> {
  await signOut()
  location.assign('/sign-in')
}
