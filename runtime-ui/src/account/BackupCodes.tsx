import { Alert, App, Button, Flex } from 'antd'
import { useTranslation } from 'react-i18next'

/** Codes to keep, shown this once. */
export function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  const { message } = App.useApp()
  const copy = () =>
    void navigator.clipboard.writeText(codes.join('\n')).then(() => message.success(t('common.copied')))
  return (
    <>
      <Alert type="warning" showIcon title={told('twoFactor.keep')} />
      <ul className="heddle-account-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Flex gap={8}>
        <Button type="primary" onClick={onDone}>
          {told('twoFactor.kept')}
        </Button>
        <Button onClick={copy}>{told('twoFactor.copy')}</Button>
      </Flex>
    </>
  )
}
