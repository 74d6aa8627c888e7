import { App, Button, Flex, Form, Input, QRCode, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { confirmTwoFactor, type Enrolment } from '../api/account.ts'
import { digitsOf } from './digits-of.ts'
import { Refusal } from './Refusal.tsx'
import { useAttempt } from './use-attempt.ts'

interface EnrolFormProps {
  readonly enrolment: Enrolment
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** The QR code for the person's app, and the first code that it shows. */
export function EnrolForm({ enrolment, onDone, onCancel }: EnrolFormProps) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const { message } = App.useApp()
  const { isBusy, failure, run } = useAttempt()
  const submit = ({ code }: { code: string }) =>
    run(async () => {
      await confirmTwoFactor(digitsOf(code))
      void message.success(told('twoFactor.turnedOn'))
      onDone()
    })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
      <Flex vertical gap={12} align="flex-start">
        <Typography.Text>{told('twoFactor.scan')}</Typography.Text>
        <QRCode value={enrolment.uri} type="svg" color="#000" bgColor="#fff" aria-label={told('twoFactor.qr')} />
        <Typography.Text type="secondary">
          {told('twoFactor.secret')}
          <br />
          <span className="heddle-account-secret">{enrolment.secret}</span>
        </Typography.Text>
      </Flex>
      {failure !== undefined && <Refusal error={failure} />}
      <Form.Item
        name="code"
        label={told('twoFactor.code')}
        rules={[{ required: true, pattern: /^\s*(\d\s*){6}$/, message: told('twoFactor.codeMissing') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" autoFocus />
      </Form.Item>
      <Flex gap={8}>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {told('twoFactor.confirm')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </Flex>
    </Form>
  )
}
