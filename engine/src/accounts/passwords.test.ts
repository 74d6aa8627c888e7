import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { addTestPerson, post, signInAs } from '../testing/signed-in.ts'
import { commonPasswords } from './common-passwords.ts'
import { passwordFaults } from './password-policy.ts'

const owner = { email: 'jane.roe.longname@heddle.example', name: 'Jane Roe Longname' }
const codesOf = (password: string) => passwordFaults('/password', password, owner).map(({ code }) => code)

describe('a password', () => {
  test.each(['jane.roe.longname@heddle.example', 'JANE.ROE.LONGNAME', 'janeroelongname', ' Jane Roe  Longname '])(
    'is not whose it is: “%s”',
    (password) => expect(codesOf(password)).toEqual(['password.own']),
  )

  test.each([
    'Password123',
    'pass word 1234',
    'ａｄｍｉｎ１２３４５６',
    'qwertyuiop',
    '1234567890',
    '0987654321',
    'abcabcabcabc',
    '1111111111',
    'woaini1314',
  ])('is not what everybody tries: “%s”', (password) => expect(codesOf(password)).toEqual(['password.common']))

  test.each(['the right password', '乌云白雨四个词语也行呀', 'Jane Roe Longname sings', 'k7#fQ2!mZx', '10293847561'])(
    'may be “%s”',
    (password) => expect(codesOf(password)).toEqual([]),
  )

  test('the list holds none that the length refuses', () => {
    expect([...commonPasswords].filter((each) => each.length < 10)).toEqual([])
  })
})

describe('changing one’s own password', () => {
  let product: TestProduct
  const password = 'another one to be tested'

  beforeAll(async () => {
    product = await startTestProduct()
  })
  afterAll(() => product.stop())

  const change = (cookie: string, body: object) => post(product, '/api/me/password', body, cookie)
  const me = async (cookie: string) => (await product.visit('/api/me', { headers: { cookie } })).status

  test('ends the other sessions and lets one sign in with the new one only', async () => {
    const person = await addTestPerson(product, 'one')
    const [mine, other] = [await signInAs(product, person), await signInAs(product, person)]
    expect([await me(mine), await me(other)]).toEqual([200, 200])
    expect((await change(mine, { current: person.password, password })).status).toBe(204)
    expect([await me(mine), await me(other)]).toEqual([200, 401])
    await expect(signInAs(product, person)).rejects.toThrow('401')
    expect(await me(await signInAs(product, { ...person, password }))).toBe(200)
  })

  test('needs the present one, which is guessed as little as at sign-in', async () => {
    const person = await addTestPerson(product, 'two')
    const cookie = await signInAs(product, person)
    for (let attempt = 0; attempt < 10; attempt++) {
      const refused = await change(cookie, { current: 'a wrong password', password })
      expect(refused.status).toBe(422)
      expect(await refused.json()).toMatchObject({ errors: [{ path: '/current', code: 'password.wrong' }] })
    }
    const limited = await change(cookie, { current: person.password, password })
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(200)
    await expect(signInAs(product, person)).rejects.toThrow('429')
  })

  test.each([
    ['too short', { current: 'x', password: 'short' }, '/password'],
    ['too long', { current: 'x', password: 'x1'.repeat(65) }, '/password'],
    ['the e-mail', { current: 'x', password: 'three@heddle.example' }, '/password'],
    ['a common one', { current: 'x', password: 'Password123' }, '/password'],
    ['sent without the present one', { password }, '/current'],
    ['no text', { current: 'x', password: 12345678901 }, '/password'],
  ])('takes none that is %s', async (title, body, path) => {
    const person = title === 'the e-mail' ? 'three' : title.replaceAll(' ', '-')
    const cookie = await signInAs(product, await addTestPerson(product, person))
    const refused = await change(cookie, body)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ errors: [{ path }] })
  })

  test('goes no way around the rules', async () => {
    const person = await addTestPerson(product, 'four')
    const cookie = await signInAs(product, person)
    const body = { currentPassword: person.password, newPassword: 'Password123' }
    expect((await post(product, '/api/auth/change-password', body, cookie)).status).toBe(404)
    expect(
      await product.request('PATCH', `/api/users/${person.id}`, { password: 'four@heddle.example' }),
    ).toMatchObject({ status: 422, body: { errors: [{ path: '/password', code: 'password.own' }] } })
    const added = { name: 'Five', email: 'five@heddle.example', password: 'Password123' }
    expect(await product.request('POST', '/api/users', added)).toMatchObject({ status: 422 })
  })

  test('two changes at the same time: one of them holds', async () => {
    const person = await addTestPerson(product, 'five')
    const cookie = await signInAs(product, person)
    const wishes = ['the first of two wishes', 'the second of two wishes']
    const answers = await Promise.all(
      wishes.map((wish) => change(cookie, { current: person.password, password: wish })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422])
  })
})
