import { Button, Flex, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Refusal } from './Refusal.tsx'
import { useAttempt } from './use-attempt.ts'

interface PasswordFormProps {
  readonly submit: string
  readonly onPassword: (password: string) => Promise<void>
  readonly onCancel: () => void
}

/** Asks for the password before something that protects the account changes. */
export function PasswordForm({ submit, onPassword, onCancel }: PasswordFormProps) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const { isBusy, failure, run } = useAttempt()
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }: { password: string }) => void run(() => onPassword(password))}
    >
      {failure !== undefined && <Refusal error={failure} />}
      <Form.Item
        name="password"
        label={told('password.current')}
        rules={[{ required: true, message: told('password.missing') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Flex gap={8}>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {submit}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </Flex>
    </Form>
  )
}
