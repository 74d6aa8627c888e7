import { asObject, asText, type JsonObject } from '@heddle/metadata'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestProduct, type TestProduct } from '../testing/product.ts'
import { addTestPerson, signInAs } from '../testing/signed-in.ts'

/** Two companies' worth of places: who sits where, below whom, and works where besides. */
const places = [
  { name: 'head', department: 'all' },
  { name: 'lead', department: 'left', manager: 'head' },
  { name: 'left', department: 'left', manager: 'lead' },
  { name: 'deep', department: 'deep', manager: 'left', besides: 'right' },
  { name: 'right', department: 'right', manager: 'head' },
] as const
const departments = { all: undefined, left: 'all', deep: 'left', right: 'all' } as const
type Department = keyof typeof departments
type Person = (typeof places)[number]['name']

const scopes = ['own', 'own-subordinates', 'department', 'department-below', 'all'] as const
const rules = { none: undefined, open: 'state = "open"', mine: 'created_by != null and owner_id = user.id' } as const
type Right = { readonly scope: (typeof scopes)[number]; readonly rule: keyof typeof rules }

const rights: readonly Right[] = scopes.flatMap((scope) =>
  (['none', 'open', 'mine'] as const).map((rule) => ({ scope, rule })),
)
const roleName = ({ scope, rule }: Right) => `${scope}_${rule}`.replaceAll('-', '_')

interface Folder {
  readonly id: string
  readonly owner: Person
  /** Where the owner sat when it was made. */
  readonly department: Department
  readonly state: string
}

let product: TestProduct
const ids = new Map<Person, string>()
const cookies = new Map<Person, string>()
const folders: Folder[] = []

const roles = Object.fromEntries(
  rights.map((right) => {
    const rowRule = rules[right.rule]
    const verbs = { read: right.scope, update: right.scope }
    const folder = rowRule === undefined ? { verbs } : { verbs, rowRule }
    const others = { line: { verbs: { read: 'all' } }, memo: { verbs: { read: 'all' } } }
    return [`role/${roleName(right)}`, { title: roleName(right), entities: { folder, ...others } }]
  }),
)
const definitions: { readonly [address: string]: JsonObject } = {
  ...roles,
  'entity/folder': {
    title: '文件夹',
    type: 'object',
    properties: {
      name: { title: '名称', 'x-field': { type: 'text' } },
      state: {
        title: '状态',
        'x-field': { type: 'select', options: { open: { title: '开' }, shut: { title: '关' } } },
      },
      lines: { title: '行', 'x-field': { type: 'lines', entity: 'line', by: 'folder' } },
    },
    'x-entity': { label: 'name', search: ['name'] },
  },
  'entity/line': {
    title: '行',
    type: 'object',
    properties: {
      folder: { title: '文件夹', 'x-field': { type: 'lookup', entity: 'folder', master: true } },
      text: { title: '文字', 'x-field': { type: 'text' } },
    },
    'x-entity': { label: 'text' },
  },
  'entity/memo': {
    title: '备忘',
    type: 'object',
    properties: { folder: { title: '文件夹', 'x-field': { type: 'lookup', entity: 'folder' } } },
  },
}

async function made(path: string, body: object): Promise<string> {
  const answer = await product.request('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return String(answer.body.id)
}

beforeAll(async () => {
  product = await startTestProduct()
  await product.publish(definitions)
  const units = new Map<string, string>()
  for (const [name, parent] of Object.entries(departments)) {
    units.set(name, await made('/api/departments', { name, ...(parent && { parent: units.get(parent) }) }))
  }
  for (const place of places) {
    const person = await addTestPerson(product, place.name)
    ids.set(place.name, person.id)
    const manager = 'manager' in place ? { manager: ids.get(place.manager) } : {}
    const besides = 'besides' in place ? { departments: [units.get(place.besides)] } : {}
    const body = { department: units.get(place.department), ...manager, ...besides }
    expect((await product.request('PATCH', `/api/users/${person.id}`, body)).status).toBe(200)
    cookies.set(place.name, await signInAs(product, person))
  }
  const kinds = places.flatMap(({ name, department }) =>
    ['open', 'shut'].map((state) => ({ owner: name, department, state })),
  )
  for (const [index, kind] of [...kinds, ...kinds].entries()) {
    const body = {
      name: `folder ${index}`,
      state: kind.state,
      owner_id: ids.get(kind.owner),
      lines: [{ text: `${index}` }],
    }
    const id = await made('/api/records/folder', body)
    await made('/api/records/memo', { folder: id })
    folders.push({ id, ...kind })
  }
})
afterAll(() => product.stop())

/** What the rights say, told in a second way. */
function isAllowed(person: Person, right: Right, folder: Folder): boolean {
  const place = places.find(({ name }) => name === person)
  if (place === undefined) return false
  const own = folder.owner === person
  const rule = { none: true, open: folder.state === 'open', mine: own }[right.rule]
  const units: readonly Department[] = 'besides' in place ? [place.department, place.besides] : [place.department]
  const scope = {
    own,
    'own-subordinates': own || isManagedBy(folder.owner, person),
    department: own || units.includes(folder.department),
    'department-below': own || units.some((unit) => isBelow(folder.department, unit)),
    all: true,
  }[right.scope]
  return rule && scope
}

function isManagedBy(person: Person, manager: Person): boolean {
  const place = places.find(({ name }) => name === person)
  if (place === undefined || !('manager' in place)) return false
  return place.manager === manager || isManagedBy(place.manager, manager)
}

function isBelow(department: Department, above: Department): boolean {
  if (department === above) return true
  const parent = departments[department]
  return parent !== undefined && isBelow(parent, above)
}

async function ask(person: Person, method: string, path: string, body?: object) {
  const headers = { cookie: cookies.get(person) ?? '', 'if-match': '999999', 'content-type': 'application/json' }
  const given = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await product.visit(path, { method, headers, ...given })
  return { status: response.status, body: asObject(await response.json()) }
}

const itemsOf = (body: JsonObject) => (Array.isArray(body.items) ? body.items : []).map(asObject)

/** The folders that each way of reading tells the person something of. */
async function seenBy(person: Person): Promise<{ readonly [path: string]: readonly string[] }> {
  const items = async (path: string) => itemsOf((await ask(person, 'GET', path)).body)
  const counted = await ask(person, 'POST', '/api/records/folder/aggregate', { groupBy: ['name'] })
  const named = new Map(folders.map(({ id }, index) => [`folder ${index}`, id]))
  const memos = await items('/api/records/memo?limit=200&include=folder')
  const found = await items(`/api/records/memo?limit=200&where=${encodeURIComponent('folder.name != null')}`)
  const related = (memo: JsonObject) => asObject(asObject(memo._related).folder)
  return {
    list: (await items('/api/records/folder?limit=200')).map(({ id }) => String(id)),
    search: (await items('/api/records/folder?limit=200&search=folder')).map(({ id }) => String(id)),
    everywhere: (await items('/api/search?q=folder&limit=20')).map(({ id }) => String(id)),
    counts: itemsOf(counted.body).flatMap(({ group }) => named.get(asText(asObject(group).name) ?? '') ?? []),
    lines: (await items('/api/records/line?limit=200')).map(({ folder }) => String(folder)),
    labels: memos.flatMap((memo) => (related(memo).label === null ? [] : [String(related(memo).id)])),
    included: memos.flatMap((memo) => (related(memo).state === null ? [] : [String(related(memo).id)])),
    conditions: found.map(({ folder }) => String(folder)),
  }
}

const choice = fc.record({
  person: fc.constantFrom(...places.map(({ name }) => name)),
  held: fc.uniqueArray(fc.constantFrom(...rights), { minLength: 1, maxLength: 3 }),
})

test('every way of reading shows the same records, and writing reaches no others', async () => {
  let cells = 0
  for (const { person, held } of fc.sample(choice, { numRuns: 60, seed: 20261123 })) {
    await product.request('PATCH', `/api/users/${ids.get(person)}`, { roles: held.map(roleName) })
    const expected = folders
      .filter((folder) => held.some((right) => isAllowed(person, right, folder)))
      .map(({ id }) => id)
    const about = `${person}: ${held.map(roleName).join(', ')}`
    for (const [path, seen] of Object.entries(await seenBy(person))) {
      expect([...seen].sort(), `${about} by ${path}`).toEqual([...expected].sort())
    }
    for (const { id } of folders) {
      const isSeen = expected.includes(id)
      const path = `/api/records/folder/${id}`
      expect([(await ask(person, 'GET', path)).status, id, about]).toEqual([isSeen ? 200 : 404, id, about])
      expect([(await ask(person, 'PATCH', path, { name: 'x' })).status, id, about]).toEqual([
        isSeen ? 412 : 404,
        id,
        about,
      ])
      cells += 2
    }
  }
  expect(cells).toBeGreaterThanOrEqual(2_000)
}, 120_000)
