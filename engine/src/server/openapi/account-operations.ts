import type { JsonObject } from '@heddle/metadata'
import { codeGiven, newApiKey, passwordChange, passwordGiven } from '../../accounts/account-bodies.ts'
import { listOf, parameter } from './operation.ts'
import { anObject, inPath, type ProductOperation, text } from './product-operation.ts'

const moment: JsonObject = { type: 'string', format: 'date-time' }
const maybe = (schema: JsonObject): JsonObject => ({ ...schema, type: ['string', 'null'] })

const session: JsonObject = {
  type: 'object',
  required: ['id', 'since', 'seenAt', 'address', 'browser', 'current'],
  properties: {
    id: text,
    since: moment,
    seenAt: moment,
    address: maybe({}),
    browser: maybe({}),
    current: { type: 'boolean', description: 'Whether it is the one that asks.' },
  },
}

const keyProperties: JsonObject = {
  id: text,
  name: text,
  prefix: { ...text, description: 'How the key begins.' },
  roles: { type: 'array', items: text },
  scopes: {
    type: ['object', 'null'],
    description: 'The verbs that the key may use at most, by entity.',
    additionalProperties: { type: 'array', items: text },
  },
  expiresAt: maybe(moment),
  usedAt: maybe(moment),
  createdAt: moment,
  createdBy: { type: ['object', 'null'], properties: { id: text, name: text } },
}
const apiKey: JsonObject = { type: 'object', required: Object.keys(keyProperties), properties: keyProperties }

const secret: JsonObject = { ...text, description: 'The key itself, told only now.' }
const newKey: JsonObject = { ...apiKey, properties: { ...keyProperties, key: secret } }

const enrolment: JsonObject = {
  type: 'object',
  properties: { totpURI: text, backupCodes: { type: 'array', items: text } },
}

const twoFactor: readonly ProductOperation[] = [
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/two-factor/verify-totp',
    summary: 'Finish signing in, or enrolling, with a code',
    description: 'Where sign-in answers `{"twoFactorRedirect": true}` a code of the person’s app has to follow.',
    body: codeGiven.schema,
    answer: anObject,
    isOpen: true,
  },
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/two-factor/verify-backup-code',
    summary: 'Finish signing in with a backup code, which is used up',
    body: codeGiven.schema,
    answer: anObject,
    isOpen: true,
  },
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/two-factor/enable',
    summary: 'Begin to enrol a second factor',
    description: 'It holds once `verify-totp` got a code of it.',
    body: passwordGiven.schema,
    answer: enrolment,
  },
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/two-factor/generate-backup-codes',
    summary: 'Replace the backup codes',
    body: passwordGiven.schema,
    answer: { type: 'object', properties: { backupCodes: { type: 'array', items: text } } },
  },
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/two-factor/disable',
    summary: 'Turn the second factor off',
    body: passwordGiven.schema,
    answer: anObject,
  },
]

const own: readonly ProductOperation[] = [
  {
    tag: 'people',
    method: 'post',
    path: '/api/me/password',
    summary: 'Change your password',
    description: 'Your other sessions end.',
    body: passwordChange.schema,
  },
  {
    tag: 'people',
    method: 'get',
    path: '/api/me/sessions',
    summary: 'Where you are signed in',
    answer: listOf(session),
  },
  { tag: 'people', method: 'delete', path: '/api/me/sessions', summary: 'End all your sessions but this one' },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/me/sessions/{id}',
    summary: 'End one of your sessions',
    parameters: inPath('id'),
  },
  {
    tag: 'people',
    method: 'get',
    path: '/api/me/two-factor',
    summary: 'Whether a code is asked for when you sign in',
    answer: { type: 'object', required: ['enabled'], properties: { enabled: { type: 'boolean' } } },
  },
]

const administration: readonly ProductOperation[] = [
  {
    tag: 'people',
    method: 'get',
    path: '/api/users/{id}/sessions',
    summary: 'Where a person is signed in',
    parameters: [parameter('Id')],
    answer: listOf(session),
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/users/{id}/sessions',
    summary: 'End all sessions of a person',
    parameters: [parameter('Id')],
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/users/{id}/two-factor',
    summary: 'Take the second factor from a person who lost it',
    parameters: [parameter('Id')],
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'get',
    path: '/api/api-keys',
    summary: 'List API keys',
    answer: listOf(apiKey),
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'post',
    path: '/api/api-keys',
    summary: 'Make an API key',
    body: newApiKey.schema,
    answer: newKey,
    status: 201,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/api-keys/{id}',
    summary: 'Revoke an API key',
    parameters: [parameter('Id')],
    needs: 'administer',
  },
]

/** What protects accounts: passwords, sessions, second factors, API keys. */
export const accountOperations: readonly ProductOperation[] = [...twoFactor, ...own, ...administration]
