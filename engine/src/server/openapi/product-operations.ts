import type { JsonObject } from '@heddle/metadata'
import {
  departmentChange,
  handOverWish,
  namedPosition,
  newDepartment,
  newPerson,
  personChange,
} from '../../organisation/people-bodies.ts'
import { accountOperations } from './account-operations.ts'
import { metadataOperations } from './metadata-operations.ts'
import { listOf, parameter, ref } from './operation.ts'
import { anObject, inPath, inQuery, type ProductOperation, text } from './product-operation.ts'

const maybe = (schema: JsonObject): JsonObject => ({ ...schema, type: ['string', 'null'] })
const someone = maybe({ format: 'uuid' })
const texts: JsonObject = { type: 'array', items: text }

/** The actor; a key has neither department nor manager. */
const me: JsonObject = {
  type: 'object',
  required: [
    'user',
    'roles',
    'department',
    'departments',
    'positions',
    'manager',
    'locale',
    'system',
    'verbs',
    'fields',
  ],
  properties: {
    user: { type: 'object', properties: { id: text, name: text, email: maybe({}), kind: text } },
    roles: texts,
    department: someone,
    departments: texts,
    positions: texts,
    manager: someone,
    locale: maybe({}),
    system: texts,
    verbs: { type: 'object', description: 'Verbs by entity.', additionalProperties: texts },
    fields: {
      type: 'object',
      description: 'Fields with less than full access, by entity: `none`, `masked` or `read`.',
      additionalProperties: { type: 'object', additionalProperties: text },
    },
  },
}

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
  { tag: 'people', method: 'get', path: '/api/me', summary: 'Who you are and what you may do', answer: me },
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
    body: newPerson.schema,
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
    body: personChange.schema,
    answer: anObject,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'post',
    path: '/api/users/{id}/hand-over',
    summary: 'Give everything that a person has to somebody else',
    description: 'Records with the trash, the people they manage, the departments they head. `dryRun` only counts.',
    parameters: [parameter('Id')],
    body: handOverWish.schema,
    answer: anObject,
    needs: 'administer',
  },
  { tag: 'people', method: 'get', path: '/api/departments', summary: 'List departments', answer: listOf(anObject) },
  {
    tag: 'people',
    method: 'post',
    path: '/api/departments',
    summary: 'Add a department',
    body: newDepartment.schema,
    answer: anObject,
    status: 201,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'patch',
    path: '/api/departments/{id}',
    summary: 'Change a department',
    parameters: [parameter('Id')],
    body: departmentChange.schema,
    answer: anObject,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/departments/{id}',
    summary: 'Remove a department that nobody and nothing is in',
    parameters: [parameter('Id')],
    needs: 'administer',
  },
  { tag: 'people', method: 'get', path: '/api/positions', summary: 'List positions', answer: listOf(anObject) },
  {
    tag: 'people',
    method: 'post',
    path: '/api/positions',
    summary: 'Add a position',
    body: namedPosition.schema,
    answer: anObject,
    status: 201,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'patch',
    path: '/api/positions/{id}',
    summary: 'Rename a position',
    parameters: [parameter('Id')],
    body: namedPosition.schema,
    answer: anObject,
    needs: 'administer',
  },
  {
    tag: 'people',
    method: 'delete',
    path: '/api/positions/{id}',
    summary: 'Remove a position that nobody holds',
    parameters: [parameter('Id')],
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
  {
    tag: 'health',
    method: 'get',
    path: '/metrics',
    summary: 'Counters for Prometheus',
    description: 'To the machine itself, and to whoever has an API key.',
    answer: text,
    answerType: 'text/plain',
  },
]

/** What is there besides the records of the entities. */
export const productOperations: readonly ProductOperation[] = [
  ...people,
  ...accountOperations,
  ...everywhere,
  ...metadataOperations,
  ...health,
]
