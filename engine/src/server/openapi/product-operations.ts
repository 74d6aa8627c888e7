import type { JsonObject } from '@heddle/metadata'
import type { SystemVerb } from '../../access/grant.ts'
import { listOf, parameter, ref } from './operation.ts'
import type { PlacedOperation } from './record-operations.ts'

/** An operation that needs a right over the product, when it names one. */
interface ProductOperation extends PlacedOperation {
  readonly needs?: SystemVerb
}

const text: JsonObject = { type: 'string' }
const anObject: JsonObject = { type: 'object' }
const inPath = (...names: string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: text }))
const inQuery = (name: string, description: string, required = false) => ({
  name,
  in: 'query',
  required,
  schema: text,
  description,
})

const people: readonly ProductOperation[] = [
  {
    tag: 'sign-in',
    method: 'post',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in',
    description: 'Sets the session cookie. Programs send `Authorization: Bearer <API key>` instead.',
    body: { type: 'object', required: ['email', 'password'], properties: { email: text, password: text } },
    answer: anObject,
    isOpen: true,
  },
  { tag: 'sign-in', method: 'post', path: '/api/auth/sign-out', summary: 'Sign out', answer: anObject },
  {
    tag: 'sign-in',
    method: 'get',
    path: '/api/settings/public',
    summary: 'What the sign-in page shows',
    answer: anObject,
    isOpen: true,
  },
  { tag: 'people', method: 'get', path: '/api/me', summary: 'Who you are and what you may do', answer: anObject },
  {
    tag: 'people',
    method: 'get',
    path: '/api/me/views/{entity}',
    summary: 'Your settings of a list',
    parameters: inPath('entity'),
    answer: anObject,
  },
  {
    tag: 'people',
    method: 'put',
    path: '/api/me/views/{entity}',
    summary: 'Keep your settings of a list',
    parameters: inPath('entity'),
    body: anObject,
    answer: anObject,
  },
  { tag: 'people', method: 'get', path: '/api/users', summary: 'List people', answer: listOf(anObject) },
  {
    tag: 'people',
    method: 'post',
    path: '/api/users',
    summary: 'Add a person',
    body: {
      type: 'object',
      required: ['email', 'name'],
      properties: {
        email: text,
        name: text,
        password: { type: 'string', minLength: 10 },
        roles: { type: 'array', items: text },
        department: text,
        manager: text,
      },
    },
    answer: anObject,
    status: 201,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'patch',
    path: '/api/users/{id}',
    summary: 'Change a person',
    parameters: [parameter('Id')],
    body: anObject,
    answer: anObject,
    needs: 'administer',
  },
  { tag: 'people', method: 'get', path: '/api/departments', summary: 'List departments', answer: listOf(anObject) },
  {
    tag: 'people',
    method: 'post',
    path: '/api/departments',
    summary: 'Add a department',
    body: { type: 'object', required: ['name'], properties: { name: text, parent: text, head: text } },
    answer: anObject,
    status: 201,
    needs: 'administer',
  },
]

const everywhere: readonly ProductOperation[] = [
  {
    tag: 'everywhere',
    method: 'get',
    path: '/api/search',
    summary: 'Find records of every entity',
    parameters: [inQuery('q', 'Words, Chinese words of two characters, pinyin initials.', true)],
    answer: listOf({ type: 'object', properties: { entity: text, id: text, label: { type: ['string', 'null'] } } }),
  },
  {
    tag: 'everywhere',
    method: 'get',
    path: '/api/events',
    summary: 'Follow what is committed',
    description:
      'Server-sent events: `record` with `{entity, id, kind, at, by, fields}`; `reset` when there is too much to tell.',
    parameters: [parameter('LastEventId')],
    answer: text,
    answerType: 'text/event-stream',
  },
  {
    tag: 'files',
    method: 'post',
    path: '/api/files',
    summary: 'Upload a file',
    description: 'Put its id in a file field within a day.',
    body: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    bodyType: 'multipart/form-data',
    answer: ref('File'),
    status: 201,
    headers: ['Location'],
  },
  {
    tag: 'files',
    method: 'get',
    path: '/api/files/{id}',
    summary: 'Download a file',
    parameters: [parameter('Id')],
    answer: { type: 'string', format: 'binary' },
    answerType: '*/*',
  },
  {
    tag: 'everywhere',
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document, as far as it concerns you',
    answer: anObject,
  },
  {
    tag: 'everywhere',
    method: 'get',
    path: '/api/docs',
    summary: 'This document as a page',
    answer: text,
    answerType: 'text/html',
  },
]

const address = inPath('kind', 'name')
const designing = { tag: 'metadata', needs: 'design', answer: anObject } as const

const metadata: readonly ProductOperation[] = [
  {
    tag: 'metadata',
    method: 'get',
    path: '/api/metadata',
    summary: 'The live definitions',
    parameters: [
      inQuery('kinds', 'Only these kinds, e.g. `entity,view`.'),
      inQuery('locale', 'Texts in this language.'),
      inQuery('bodies', '`true` shows them whole.'),
    ],
    answer: listOf(anObject, { release: { type: 'integer' } }),
    headers: ['ETag'],
  },
  {
    tag: 'metadata',
    method: 'get',
    path: '/api/metadata/{kind}/{name}',
    summary: 'One live definition',
    parameters: address,
    answer: anObject,
    headers: ['ETag'],
  },
  {
    tag: 'metadata',
    method: 'get',
    path: '/api/metadata/entity/{name}/schema',
    summary: 'The JSON Schema of an entity’s records',
    parameters: [...inPath('name'), inQuery('for', '`create`, `patch` or `read`.')],
    answer: anObject,
  },
  { ...designing, method: 'get', path: '/api/metadata/draft', summary: 'What is drafted' },
  { ...designing, method: 'delete', path: '/api/metadata/draft', summary: 'Discard all drafts' },
  {
    ...designing,
    method: 'get',
    path: '/api/metadata/draft/{kind}/{name}',
    summary: 'A drafted definition',
    parameters: address,
    headers: ['ETag'],
  },
  {
    ...designing,
    method: 'put',
    path: '/api/metadata/draft/{kind}/{name}',
    summary: 'Draft a definition, or its removal',
    parameters: [...address, { ...parameter('IfMatch') }],
    body: { type: 'object', properties: { body: anObject, removed: { type: 'boolean' } } },
    headers: ['ETag'],
  },
  {
    ...designing,
    method: 'delete',
    path: '/api/metadata/draft/{kind}/{name}',
    summary: 'Discard a draft',
    parameters: address,
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/plan',
    summary: 'What publishing would do',
    body: { type: 'object', properties: { only: { type: 'array', items: text } } },
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/publish',
    summary: 'Publish the plan that was read',
    body: {
      type: 'object',
      required: ['planHash'],
      properties: {
        planHash: text,
        only: { type: 'array', items: text },
        accept: { type: 'array', items: { enum: ['guarded', 'destructive'] } },
        confirm: text,
      },
    },
  },
  {
    ...designing,
    method: 'get',
    path: '/api/metadata/releases',
    summary: 'The history of releases',
    answer: listOf(anObject),
  },
  {
    ...designing,
    method: 'get',
    path: '/api/metadata/releases/{number}/diff/{other}',
    summary: 'What two releases differ in',
    parameters: inPath('number', 'other'),
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/releases/{number}/restore',
    summary: 'Draft what a release held',
    parameters: inPath('number'),
  },
  {
    ...designing,
    method: 'get',
    path: '/api/metadata/hidden',
    summary: 'Data that no definition shows any more',
    answer: listOf({
      type: 'object',
      required: ['address', 'confirm'],
      properties: { address: text, confirm: { ...text, description: 'What a purge must be given to drop it.' } },
    }),
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/purge',
    summary: 'Drop hidden data for good',
    body: { type: 'object', required: ['address', 'confirm'], properties: { address: text, confirm: text } },
  },
  {
    ...designing,
    method: 'get',
    path: '/api/metadata/jobs',
    summary: 'Deferred steps with progress',
    answer: listOf(anObject),
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/jobs/{id}/retry',
    summary: 'Try a failed step again',
    parameters: inPath('id'),
    status: 202,
    answer: anObject,
  },
]

const health: readonly ProductOperation[] = [
  {
    tag: 'health',
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process is alive',
    answer: anObject,
    isOpen: true,
  },
  { tag: 'health', method: 'get', path: '/readyz', summary: 'Whether it can serve', answer: anObject, isOpen: true },
]

/** What is there besides the records of the entities. */
export const productOperations: readonly ProductOperation[] = [...people, ...everywhere, ...metadata, ...health]
