import { compileRelease, type Entity, emptyStorage, type Field, type JsonObject, type Release } from '@heddle/metadata'

/** A release with these bodies by address, as the app would load it; for tests. */
export function releaseOf(bodies: { readonly [address: string]: JsonObject }): Release {
  const definitions = Object.entries(bodies).map(([address, body]) => {
    const [kind = '', name = ''] = address.split('/')
    return [address, { kind, name, body, owner: 'site', fieldOwners: new Map<string, string>() }] as const
  })
  return compileRelease(1, new Map(definitions), emptyStorage)
}

/** A notebook with pages as lines; for tests. */
export const notebooks = releaseOf({
  'entity/notebook': {
    title: '本子',
    type: 'object',
    required: ['name'],
    properties: {
      name: { title: '名称', 'x-field': { type: 'text' } },
      colour: {
        title: '颜色',
        default: 'red',
        'x-field': { type: 'select', options: { red: { title: '红' }, blue: { title: '蓝' } } },
      },
      place: { title: '地点', 'x-field': { type: 'address' } },
      secret: { title: '密码', 'x-field': { type: 'text' } },
      pages: { title: '页', 'x-field': { type: 'lines', entity: 'page', by: 'notebook' } },
      words: { title: '字数', 'x-field': { type: 'rollup', from: 'page', by: 'notebook', sum: 'words' } },
    },
  },
  'entity/page': {
    title: '页',
    type: 'object',
    required: ['notebook', 'heading'],
    properties: {
      notebook: { title: '本子', 'x-field': { type: 'lookup', entity: 'notebook', master: true } },
      heading: { title: '标题', 'x-field': { type: 'text' } },
      words: { title: '字数', 'x-field': { type: 'integer' } },
      cost: { title: '费用', 'x-field': { type: 'formula', returns: 'money', expression: 'words * 2' } },
      body: { title: '正文', 'x-field': { type: 'rich-text' } },
    },
  },
})

/** An entity of {@link notebooks}. @throws Error when it has none of that name */
export function entityOf(name: string): Entity {
  const entity = notebooks.entity(name)
  if (entity === undefined) throw new Error(`The fixture has no entity “${name}”.`)
  return entity
}

/** A field of an entity of {@link notebooks}. @throws Error when it has none of that name */
export function fieldOf(entity: string, name: string): Field {
  const field = entityOf(entity).fields.get(name)
  if (field === undefined) throw new Error(`“${entity}” has no field “${name}”.`)
  return field
}
