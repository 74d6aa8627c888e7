import { useRouter } from '@tanstack/react-router'
import { Alert, Button, Flex, Form, Input, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'
import { signIn } from '../api/session.ts'
import { CodeForm } from './CodeForm.tsx'
import { CompanyMark } from './CompanyMark.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { signInTarget } from './sign-in-target.ts'

/** Signs in and goes on to the page that was asked for. */
export function SignInPage() {
  const router = useRouter()
  const target = signInTarget(router.latestLocation.search.to)
  return <SignIn onSignedIn={() => router.history.replace(target)} />
}

/** E-mail, password, the code where one is asked for, and what went wrong with them; both apps begin here. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const submit = async ({ email, password }: { email: string; password: string }) => {
    setBusy(true)
    setFailure(undefined)
    try {
      if ((await signIn(email.trim(), password)) === 'code') setStep('code')
      else onSignedIn()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  if (step === 'code') {
    return (
      <SignInFrame>
        <CodeForm onSignedIn={onSignedIn} onAgain={() => setStep('password')} />
      </SignInFrame>
    )
  }
  return (
    <SignInFrame>
      <Typography.Title level={1}>{t('signIn.title')}</Typography.Title>
      <Form layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        {failure !== undefined && <SignInFailure error={failure} />}
        <Form.Item
          name="email"
          label={t('signIn.email')}
          rules={[{ required: true, message: t('signIn.emailMissing') }]}
        >
          <Input type="email" autoComplete="username" autoFocus size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('signIn.passwordMissing') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={isBusy}>
          {t('signIn.submit')}
        </Button>
      </Form>
    </SignInFrame>
  )
}

function SignInFrame({ children }: { readonly children: ReactNode }) {
  return (
    <main className="heddle-sign-in">
      <Flex vertical gap={24} className="heddle-sign-in-card">
        <CompanyMark size={32} withName />
        <div>{children}</div>
      </Flex>
      <LanguageSwitch />
    </main>
  )
}

function SignInFailure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  return <Alert type="error" showIcon title={describe()} className="heddle-sign-in-failure" />

  function describe(): string {
    if (!(error instanceof ApiProblem)) return t('signIn.failed', { message: String(error) })
    if (error.status === 401 || error.status === 403) return t('signIn.wrong')
    if (error.status === 429) return t('signIn.tooOften')
    if (error.status === 0) return t('failure.network')
    return t('signIn.failed', { message: error.message })
  }
}
