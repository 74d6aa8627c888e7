import { App, Button, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword } from '../api/account.ts'
import { AccountSection } from './AccountSection.tsx'
import { Refusal } from './Refusal.tsx'
import { useAttempt } from './use-attempt.ts'

/** The person's password, changed with the present one. */
export function PasswordSection() {
  const { t } = useTranslation('account')
  const [isOpen, setOpen] = useState(false)
  return (
    <AccountSection title={t('password.title')}>
      <Typography.Text type="secondary">{t('password.hint')}</Typography.Text>
      {isOpen ? (
        <ChangeForm onDone={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
      )}
    </AccountSection>
  )
}

function ChangeForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const { message } = App.useApp()
  const { isBusy, failure, run } = useAttempt()
  const submit = ({ current, password }: { current: string; password: string }) =>
    run(async () => {
      await changePassword(current, password)
      void message.success(told('password.changed'))
      onDone()
    })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
      {failure !== undefined && <Refusal error={failure} />}
      <Form.Item
        name="current"
        label={told('password.current')}
        rules={[{ required: true, message: told('password.missing') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Form.Item
        name="password"
        label={told('password.next')}
        rules={[{ required: true, min: 10, message: told('password.tooShort') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Flex gap={8}>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {told('password.change')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </Flex>
    </Form>
  )
}
