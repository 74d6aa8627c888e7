import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/problem.ts'

const known = {
  'password.wrong': 'passwordWrong',
  'password.own': 'passwordOwn',
  'password.common': 'passwordCommon',
  'auth.codeWrong': 'codeWrong',
  'auth.challengeOver': 'challengeOver',
  'auth.limited': 'limited',
} as const

/** Says in the person's language why something about their account was refused. */
export function useFaultText(): (error: unknown) => string {
  const { t } = useTranslation()
  const { t: told } = useTranslation('account')
  return (error) => {
    if (!(error instanceof ApiProblem)) return told('failed', { message: String(error) })
    if (error.status === 0) return t('failure.network')
    const code = error.errors[0]?.code ?? error.code
    const [, name] = Object.entries(known).find(([each]) => each === code) ?? []
    return name === undefined ? told('failed', { message: error.message }) : told(`fault.${name}`)
  }
}
