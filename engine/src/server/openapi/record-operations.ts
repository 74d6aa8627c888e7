import type { Entity, JsonObject } from '@heddle/metadata'
import { grantFor, type Verb } from '../../access/grant.ts'
import type { Reader } from '../../access/reader.ts'
import { commentSchema } from '../../events/comments.ts'
import { batchSchema } from '../../records/batch-request.ts'
import { type Operation, pageOf, parameter, ref } from './operation.ts'

/** An operation with its place. */
export interface PlacedOperation extends Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
}

const anObject: JsonObject = { type: 'object' }
const listParameters = ['Where', 'Search', 'Sort', 'Fields', 'Include', 'Limit', 'After', 'Total', 'Deleted']
const pageParameters = ['Id', 'Limit', 'After']

/** What the reader may do with the records of one entity. */
export function recordOperations(reader: Reader, entity: Entity): PlacedOperation[] {
  const { verbs } = grantFor(reader.release, reader.actor, entity)
  const wanted: [Verb, (entity: Entity) => PlacedOperation[]][] = [
    ['read', reading],
    ['create', creating],
    ['update', updating],
    ['delete', deleting],
    ['bulk', batching],
  ]
  return wanted.flatMap(([verb, operations]) => (verbs.has(verb) ? operations(entity) : []))
}

function reading({ name, title }: Entity): PlacedOperation[] {
  const tag = name
  const path = `/api/records/${name}`
  const record = ref(name)
  const one = { tag, method: 'get', parameters: pageParameters.map(parameter) } as const
  return [
    {
      tag,
      method: 'get',
      path,
      summary: `List ${title}`,
      parameters: listParameters.map(parameter),
      answer: pageOf(record),
    },
    {
      tag,
      method: 'post',
      path: `${path}/query`,
      summary: `List ${title} by a body`,
      description: 'The same as the list; `where` may also be a tree of conditions.',
      body: anObject,
      answer: pageOf(record),
    },
    {
      tag,
      method: 'post',
      path: `${path}/aggregate`,
      summary: `Count and sum ${title} by group`,
      body: anObject,
      answer: pageOf(anObject),
    },
    {
      tag,
      method: 'get',
      path: `${path}/{id}`,
      summary: `Read ${title}`,
      parameters: [parameter('Id')],
      answer: record,
      headers: ['ETag'],
    },
    { ...one, path: `${path}/{id}/history`, summary: `Changes of ${title}`, answer: pageOf(ref('Change')) },
    {
      ...one,
      path: `${path}/{id}/timeline`,
      summary: `Everything that happened to ${title}`,
      answer: pageOf(ref('Happening')),
    },
    { ...one, path: `${path}/{id}/comments`, summary: `Comments on ${title}`, answer: pageOf(ref('Comment')) },
    {
      tag,
      method: 'post',
      path: `${path}/{id}/comments`,
      summary: `Comment on ${title}`,
      parameters: [parameter('Id')],
      body: commentSchema,
      answer: ref('Comment'),
      status: 201,
    },
  ]
}

function creating({ name, title }: Entity): PlacedOperation[] {
  return [
    {
      tag: name,
      method: 'post',
      path: `/api/records/${name}`,
      summary: `Create ${title}`,
      parameters: [parameter('IdempotencyKey')],
      body: ref(`${name}.create`),
      answer: ref(name),
      status: 201,
      headers: ['Location', 'ETag'],
    },
  ]
}

function updating({ name, title }: Entity): PlacedOperation[] {
  return [
    {
      tag: name,
      method: 'patch',
      path: `/api/records/${name}/{id}`,
      summary: `Change ${title}`,
      description: 'A JSON Merge Patch (RFC 7396); an array of lines is complete.',
      parameters: [parameter('Id'), parameter('IfMatch')],
      body: ref(`${name}.patch`),
      answer: ref(name),
      headers: ['ETag'],
    },
  ]
}

function deleting({ name, title }: Entity): PlacedOperation[] {
  const path = `/api/records/${name}/{id}`
  return [
    {
      tag: name,
      method: 'delete',
      path,
      summary: `Delete ${title}`,
      parameters: ['Id', 'IfMatch', 'Purge'].map(parameter),
    },
    {
      tag: name,
      method: 'post',
      path: `${path}/restore`,
      summary: `Bring ${title} back from the trash`,
      parameters: [parameter('Id')],
      answer: ref(name),
      headers: ['ETag'],
    },
  ]
}

function batching({ name, title }: Entity): PlacedOperation[] {
  return [
    {
      tag: name,
      method: 'post',
      path: `/api/records/${name}/batch`,
      summary: `Change many ${title}`,
      description:
        '`all` is one transaction and names the operation that fails; with `each` every one stands for itself.',
      body: batchSchema,
      answer: {
        type: 'object',
        required: ['items'],
        properties: { items: { type: 'array', items: ref('BatchItem') } },
      },
    },
  ]
}
