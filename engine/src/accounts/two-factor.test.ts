import { createHmac } from 'node:crypto'
import { asTexts } from '@heddle/metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { addTestPerson, cookiesOf, jsonOf, post, signInAs, type TestPerson } from '../testing/signed-in.ts'

let product: TestProduct

beforeAll(async () => {
  product = await startTestProduct()
})
afterAll(() => product.stop())

const twoFactor = (path: string, body: object, cookie: string) =>
  post(product, `/api/auth/two-factor/${path}`, body, cookie)
const knock = ({ email, password }: TestPerson) => post(product, '/api/auth/sign-in/email', { email, password })
const me = async (cookie: string) => (await product.visit('/api/me', { headers: { cookie } })).status
const isEnabled = async (cookie: string) =>
  (await jsonOf(await product.visit('/api/me/two-factor', { headers: { cookie } }))).enabled

/** The code that an app shows, of RFC 6238. */
function codeOf(uri: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.readUInt8(19) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Enrols a person; returns what they keep and the cookies of their session. */
async function enrol(person: TestPerson) {
  const before = await signInAs(product, person)
  const begun = await jsonOf(await twoFactor('enable', { password: person.password }, before))
  const uri = String(begun.totpURI)
  expect(await isEnabled(before)).toBe(false)
  const confirmed = await twoFactor('verify-totp', { code: codeOf(uri) }, before)
  expect(confirmed.status).toBe(200)
  return { uri, backupCodes: asTexts(begun.backupCodes), cookie: cookiesOf(confirmed), before }
}

test('whoever has enrolled is asked for a code after the password', async () => {
  const person = await addTestPerson(product, 'one')
  const { uri, cookie, before } = await enrol(person)
  expect([await me(before), await me(cookie), await isEnabled(cookie)]).toEqual([401, 200, true])
  const asked = await knock(person)
  expect(await asked.json()).toMatchObject({ twoFactorRedirect: true })
  const pending = cookiesOf(asked)
  expect(await me(pending)).toBe(401)
  const wrong = await twoFactor('verify-totp', { code: '000000' }, pending)
  expect([wrong.status, (await jsonOf(wrong)).code]).toEqual([401, 'auth.codeWrong'])
  const right = await twoFactor('verify-totp', { code: codeOf(uri) }, pending)
  expect(right.status).toBe(200)
  expect(await me(cookiesOf(right))).toBe(200)
  expect((await twoFactor('verify-totp', { code: codeOf(uri) }, pending)).status).toBe(401)
})

test('a backup code opens once', async () => {
  const person = await addTestPerson(product, 'two')
  const { backupCodes } = await enrol(person)
  expect(backupCodes).toHaveLength(10)
  const code = String(backupCodes[0])
  const use = async () => twoFactor('verify-backup-code', { code }, cookiesOf(await knock(person)))
  expect((await use()).status).toBe(200)
  const again = await use()
  expect([again.status, (await jsonOf(again)).code]).toEqual([401, 'auth.codeWrong'])
})

test('codes are guessed as little as passwords, however often one signs in', async () => {
  const person = await addTestPerson(product, 'three')
  const { uri } = await enrol(person)
  const statuses: number[] = []
  for (let round = 0; round < 2; round++) {
    const pending = cookiesOf(await knock(person))
    for (let guess = 0; guess < 6; guess++) {
      statuses.push((await twoFactor('verify-totp', { code: '000000' }, pending)).status)
    }
  }
  expect(statuses.slice(0, 6)).toEqual([401, 401, 401, 401, 401, 401])
  const limited = await twoFactor('verify-totp', { code: codeOf(uri) }, cookiesOf(await knock(person)))
  expect([limited.status, (await jsonOf(limited)).code]).toEqual([429, 'auth.limited'])
  expect(limited.headers.get('retry-after')).toBe('300')
})

test('it is turned off with the password, and only so', async () => {
  const person = await addTestPerson(product, 'four')
  const { cookie } = await enrol(person)
  const wrong = await twoFactor('disable', { password: 'a wrong password' }, cookie)
  expect(wrong.status).toBe(422)
  expect(await jsonOf(wrong)).toMatchObject({ errors: [{ path: '/password', code: 'password.wrong' }] })
  expect((await twoFactor('disable', {}, cookie)).status).toBe(422)
  const off = await twoFactor('disable', { password: person.password }, cookie)
  expect(off.status).toBe(200)
  expect(await me(await signInAs(product, person))).toBe(200)
})

test('passwords are guessed here as little as at sign-in', async () => {
  const person = await addTestPerson(product, 'five')
  const cookie = await signInAs(product, person)
  for (let guess = 0; guess < 10; guess++) {
    expect((await twoFactor('enable', { password: `wrong password ${guess}` }, cookie)).status).toBe(422)
  }
  expect((await twoFactor('enable', { password: person.password }, cookie)).status).toBe(429)
})

test('new backup codes replace the old ones', async () => {
  const person = await addTestPerson(product, 'six')
  const { backupCodes, cookie } = await enrol(person)
  const answer = await twoFactor('generate-backup-codes', { password: person.password }, cookie)
  const fresh = asTexts((await jsonOf(answer)).backupCodes)
  const use = async (code: unknown) => twoFactor('verify-backup-code', { code }, cookiesOf(await knock(person)))
  expect((await use(backupCodes[1])).status).toBe(401)
  expect((await use(fresh[1])).status).toBe(200)
})

test('administrators see who has one and reset it', async () => {
  const person = await addTestPerson(product, 'seven')
  await enrol(person)
  const listed = async () => (await product.request('GET', '/api/users')).body.items
  expect(await listed()).toContainEqual(expect.objectContaining({ id: person.id, twoFactor: true }))
  const path = `/api/users/${person.id}/two-factor`
  expect((await product.request('DELETE', path, undefined, { key: await product.key() })).status).toBe(403)
  expect((await product.request('DELETE', path)).status).toBe(204)
  expect(await listed()).toContainEqual(expect.objectContaining({ id: person.id, twoFactor: false }))
  expect(await me(await signInAs(product, person))).toBe(200)
  expect((await product.request('DELETE', path.replace(person.id, person.id.replace(/^./, 'f')))).status).toBe(404)
})

test.each([
  ['enable', {}, 422],
  ['enable', { password: 7 }, 422],
  ['verify-totp', { code: 123456 }, 422],
  ['verify-totp', { code: '1' }, 422],
  ['verify-totp', { code: '123456', trustDevice: true }, 422],
  ['verify-totp', { code: '123456' }, 401],
  ['verify-backup-code', { code: 'aaaaa-bbbbb' }, 401],
  ['get-totp-uri', { password: 'x' }, 404],
  ['send-otp', {}, 404],
])('“%s” of a stranger with %j is %i', async (path, body, status) => {
  expect((await twoFactor(path, body, '')).status).toBe(status)
})

test('a stranger and a program have no second factor', async () => {
  expect((await twoFactor('enable', { password: 'x' }, '')).status).toBe(401)
  expect(await product.request('POST', '/api/auth/two-factor/enable', { password: 'x' })).toMatchObject({ status: 403 })
  expect(await product.request('GET', '/api/me/two-factor')).toMatchObject({ status: 403 })
})

test('the secret and the backup codes are stored encrypted', async () => {
  const person = await addTestPerson(product, 'eight')
  const { uri, backupCodes } = await enrol(person)
  const [row] = await product.database.sql`select * from heddle.two_factor where user_id = ${person.id}`
  const stored = JSON.stringify(row)
  expect(stored).not.toContain(String(new URL(uri).searchParams.get('secret')))
  expect(backupCodes.filter((code) => stored.includes(code))).toEqual([])
})
