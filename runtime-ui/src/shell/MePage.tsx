import { Avatar, Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { PasswordSection } from '../account/PasswordSection.tsx'
import { SessionsSection } from '../account/SessionsSection.tsx'
import { TwoFactorSection } from '../account/TwoFactorSection.tsx'
import { Crumbs } from './Crumbs.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { leave } from './PersonMenu.tsx'
import { useSession } from './session-context.ts'

/** The person's page: who, language, what protects the account, the designer for those who may, and the way out. */
export function MePage() {
  const { t } = useTranslation()
  const { me } = useSession()
  return (
    <Flex vertical gap={24} className="heddle-page heddle-me">
      <Crumbs>{t('shell.me')}</Crumbs>
      <Flex gap={12} align="center">
        <Avatar size={48}>{me.name.slice(0, 1)}</Avatar>
        <div>
          <Typography.Title level={1}>{me.name}</Typography.Title>
          <Typography.Text type="secondary">{me.email}</Typography.Text>
        </div>
      </Flex>
      <LanguageSwitch />
      <PasswordSection />
      <TwoFactorSection />
      <SessionsSection />
      {me.system.includes('design') && (
        <Button href="/designer/" size="large">
          {t('shell.designer')}
        </Button>
      )}
      <Button size="large" onClick={() => void leave()}>
        {t('shell.signOut')}
      </Button>
    </Flex>
  )
}
