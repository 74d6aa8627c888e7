import { draftBody, planBody, publishBody, purgeBody } from '../../publish/bodies.ts'
import { listOf, parameter } from './operation.ts'
import { anObject, inPath, inQuery, type ProductOperation, text } from './product-operation.ts'

const address = inPath('kind', 'name')
const designing = { tag: 'metadata', needs: 'design', answer: anObject } as const

/** What is there for the metadata. */
export const metadataOperations: readonly ProductOperation[] = [
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
    parameters: [...address, inQuery('locale', 'Texts in this language.')],
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
    body: draftBody.schema,
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
    body: planBody.schema,
  },
  {
    ...designing,
    method: 'post',
    path: '/api/metadata/publish',
    summary: 'Publish the plan that was read',
    body: publishBody.schema,
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
    body: purgeBody.schema,
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
