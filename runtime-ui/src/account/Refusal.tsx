import { Alert } from 'antd'
import { useFaultText } from './use-fault-text.ts'

/** Why something was refused. */
export function Refusal({ error }: { readonly error: unknown }) {
  const textOf = useFaultText()
  return <Alert type="error" showIcon title={textOf(error)} className="heddle-sign-in-failure" />
}
