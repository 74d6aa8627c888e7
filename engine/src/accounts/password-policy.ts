import type { FieldError } from '../errors.ts'
import { commonPasswords } from './common-passwords.ts'

/** Whose password it is. */
export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

/** What is wrong with a password of the right length: it is whose it is, or what everybody tries first. */
export function passwordFaults(path: string, password: string, { email, name }: PasswordOwner): readonly FieldError[] {
  const spelled = plain(password)
  const own = [email, email.split('@')[0] ?? '', name].map(plain)
  if (own.includes(spelled)) {
    return [{ path, code: 'password.own', message: 'The password is the name or the e-mail; choose another.' }]
  }
  if (isCommon(spelled)) {
    return [{ path, code: 'password.common', message: 'Everybody tries this password first; choose another.' }]
  }
  return []
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

function isCommon(spelled: string): boolean {
  return commonPasswords.has(spelled) || isRepeated(spelled) || isRow(spelled)
}

/** Up to four characters again and again: `aaaaaaaaaa`, `1212121212`. */
function isRepeated(spelled: string): boolean {
  return /^(.{1,4}?)\1+$/u.test(spelled)
}

const rows = ['0123456789012345678901234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/** Neighbours in a row, up or down: `1234567890`, `qwertyuiop`. */
function isRow(spelled: string): boolean {
  const reversed = [...spelled].reverse().join('')
  return rows.some((row) => row.includes(spelled) || row.includes(reversed))
}
