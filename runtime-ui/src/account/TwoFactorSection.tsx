import { useQuery } from '@tanstack/react-query'
import { App, Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beginTwoFactor, type Enrolment, endTwoFactor, renewBackupCodes, twoFactorQuery } from '../api/account.ts'
import { AccountSection } from './AccountSection.tsx'
import { BackupCodes } from './BackupCodes.tsx'
import { EnrolForm } from './EnrolForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'

type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'password'; readonly purpose: Purpose }
  | { readonly kind: 'scan'; readonly enrolment: Enrolment }
  | { readonly kind: 'codes'; readonly codes: readonly string[] }

type Purpose = 'turnOn' | 'turnOff' | 'renew'

/** The second factor: turned on with an app, off with the password. */
export function TwoFactorSection() {
  const { t } = useTranslation('account')
  const { message } = App.useApp()
  const { data: isEnabled } = useQuery(twoFactorQuery)
  const [step, setStep] = useState<Step>({ kind: 'rest' })
  const rest = () => setStep({ kind: 'rest' })
  const acts = {
    turnOn: async (password) => setStep({ kind: 'scan', enrolment: await beginTwoFactor(password) }),
    turnOff: async (password) => {
      await endTwoFactor(password)
      void message.success(t('twoFactor.turnedOff'))
      rest()
    },
    renew: async (password) => setStep({ kind: 'codes', codes: await renewBackupCodes(password) }),
  } satisfies { [P in Purpose]: (password: string) => Promise<void> }
  const purposes: readonly Purpose[] = isEnabled ? ['renew', 'turnOff'] : ['turnOn']
  if (isEnabled === undefined) return null
  return (
    <AccountSection title={t('twoFactor.title')}>
      <Typography.Text type="secondary">{t(isEnabled ? 'twoFactor.on' : 'twoFactor.off')}</Typography.Text>
      {step.kind === 'rest' && (
        <Flex gap={8} wrap>
          {purposes.map((purpose) => (
            <Button key={purpose} onClick={() => setStep({ kind: 'password', purpose })}>
              {t(`twoFactor.${purpose}`)}
            </Button>
          ))}
        </Flex>
      )}
      {step.kind === 'password' && (
        <PasswordForm
          submit={t(step.purpose === 'turnOn' ? 'twoFactor.next' : `twoFactor.${step.purpose}`)}
          onPassword={acts[step.purpose]}
          onCancel={rest}
        />
      )}
      {step.kind === 'scan' && (
        <EnrolForm
          enrolment={step.enrolment}
          onDone={() => setStep({ kind: 'codes', codes: step.enrolment.backupCodes })}
          onCancel={rest}
        />
      )}
      {step.kind === 'codes' && <BackupCodes codes={step.codes} onDone={rest} />}
    </AccountSection>
  )
}
