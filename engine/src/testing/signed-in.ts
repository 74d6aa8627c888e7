import { asObject, type JsonObject } from '@heddle/metadata'
import { createUser } from '../accounts/users.ts'
import type { TestProduct } from './product.ts'

/** A person who can sign in. */
export interface TestPerson {
  readonly id: string
  readonly email: string
  readonly password: string
}

/** The cookies that an answer sets, as a request sends them. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

/** The object that an answer holds. */
export async function jsonOf(answer: Response): Promise<JsonObject> {
  return asObject(await answer.json())
}

/** Adds a person with a password. */
export async function addTestPerson(product: TestProduct, name: string, roles: string[] = []): Promise<TestPerson> {
  const person = { email: `${name}@heddle.example`, password: 'a password to be tested' }
  const id = await createUser(product.database.sql, { ...person, name, roles })
  return { ...person, id }
}

/** Sends a body as JSON from a browser that has these cookies. */
export function post(product: TestProduct, path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: 'http://localhost', cookie }
  return product.visit(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Signs in and returns the cookies. */
export async function signInAs(product: TestProduct, { email, password }: TestPerson): Promise<string> {
  const answer = await post(product, '/api/auth/sign-in/email', { email, password })
  if (!answer.ok) throw new Error(`The sign-in was refused: ${await answer.text()}`)
  return cookiesOf(answer)
}
