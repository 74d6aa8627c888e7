import { administrator, expect, signedOut, test } from '../../.ci/e2e.ts'

test('the product is alive and ready', async ({ request }) => {
  expect(await (await request.get('/healthz')).json()).toEqual({ status: 'alive' })
  expect(await (await request.get('/readyz')).json()).toMatchObject({ status: 'ready' })
})

test('the signed-in administrator is known', async ({ request }) => {
  const answer = await request.get('/api/me')
  expect(await answer.json()).toMatchObject({ user: { email: administrator.email }, roles: ['admin'] })
})

test.describe('signed out', () => {
  test.use({ storageState: signedOut })

  test('a stranger is told to sign in', async ({ request }) => {
    const answer = await request.get('/api/me')
    expect(answer.status()).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'auth.required' })
  })

  test('a wrong password opens nothing', async ({ request }) => {
    const data = { ...administrator, password: 'not the password' }
    expect((await request.post('/api/auth/sign-in/email', { data })).status()).toBe(401)
    expect((await request.get('/api/me')).status()).toBe(401)
  })

  test('signing in sets a cookie that scripts cannot read, signing out ends it', async ({ request, baseURL }) => {
    const signIn = await request.post('/api/auth/sign-in/email', { data: administrator })
    expect(signIn.headers()['set-cookie']).toMatch(/HttpOnly.*SameSite=Lax/i)
    expect((await request.get('/api/me')).status()).toBe(200)
    const signOut = await request.post('/api/auth/sign-out', { data: {}, headers: { origin: baseURL ?? '' } })
    expect(signOut.status()).toBe(200)
    expect((await request.get('/api/me')).status()).toBe(401)
  })
})
