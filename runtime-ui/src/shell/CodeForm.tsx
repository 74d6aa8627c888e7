import { Button, Flex, Form, Input, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { digitsOf } from '../account/digits-of.ts'
import { Refusal } from '../account/Refusal.tsx'
import { useAttempt } from '../account/use-attempt.ts'
import { type CodeSource, signInWithCode } from '../api/session.ts'

interface CodeFormProps {
  readonly onSignedIn: () => void
  /** Back to the password. */
  readonly onAgain: () => void
}

/** The second step of signing in: a code of the person's app, or one that they kept. */
export function CodeForm({ onSignedIn, onAgain }: CodeFormProps) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const [source, setSource] = useState<CodeSource>('app')
  const { isBusy, failure, run } = useAttempt()
  const isApp = source === 'app'
  const submit = ({ code }: { code: string }) =>
    run(async () => {
      await signInWithCode(source, digitsOf(code))
      onSignedIn()
    })
  return (
    <>
      <Typography.Title level={1}>{told('signIn.codeTitle')}</Typography.Title>
      <Typography.Paragraph type="secondary">
        {told(isApp ? 'signIn.codeHint' : 'signIn.backupHint')}
      </Typography.Paragraph>
      <Form key={source} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        {failure !== undefined && <Refusal error={failure} />}
        <Form.Item
          name="code"
          label={told(isApp ? 'twoFactor.code' : 'signIn.backup')}
          rules={[{ required: true, min: 6, message: told(isApp ? 'twoFactor.codeMissing' : 'signIn.backupMissing') }]}
        >
          <Input inputMode={isApp ? 'numeric' : 'text'} autoComplete="one-time-code" autoFocus size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <Flex justify="space-between" wrap>
        <Button type="text" onClick={() => setSource(isApp ? 'backup' : 'app')}>
          {told(isApp ? 'signIn.useBackup' : 'signIn.useApp')}
        </Button>
        <Button type="text" onClick={onAgain}>
          {told('signIn.again')}
        </Button>
      </Flex>
    </>
  )
}
