import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checksOf } from './checks.mjs'
import { copyCheckout } from './copy-checkout.mjs'
import { runCommand } from './run-command.mjs'

const checkout = copyCheckout(fileURLToPath(new URL('..', import.meta.url)))
const answers = new Map()

/** The names of the arrows, each with a file that breaks it. */
const arrows = {
  'metadata-stands-alone': ['metadata/src/planted-react.ts', "import 'react'"],
  'metadata-is-isomorphic': ['metadata/src/planted-built-in.ts', "import 'node:fs'"],
  'engine-knows-no-face': ['engine/src/records/planted-face.ts', "import 'react'"],
  'runtime-ui-stands-on-metadata': ['runtime-ui/src/planted-engine.ts', "import '../../engine/src/errors.ts'"],
  'designer-stands-on-the-faces': ['designer/src/planted-engine.ts', "import '../../engine/src/errors.ts'"],
  'no-deep-import': ['engine/src/records/planted-deep.ts', "import '../../../metadata/src/names.ts'"],
  'only-storage-knows-the-driver': ['engine/src/records/planted-driver.ts', "import 'postgres'"],
  'only-workflows-know-bpmn-engine': ['engine/src/records/planted-bpmn.ts', "import 'bpmn-engine'"],
  'nothing-imports-the-top': ['engine/src/records/planted-top.ts', "import '../server/server.ts'"],
  'lower-knows-no-capability': ['engine/src/access/planted-records.ts', "import '../records/sort-order.ts'"],
  'storage-stands-alone': ['engine/src/storage/planted-access.ts', "import '../access/actor.ts'"],
  'http-knows-types-only': ['engine/src/http/planted-value.ts', "import '../accounts/users.ts'"],
  'publish-knows-no-records': ['engine/src/publish/planted-records.ts', "import '../records/sort-order.ts'"],
  'product-code-imports-no-test-code': ['engine/src/records/planted-test.ts', "import '../testing/definitions.ts'"],
  'no-own-index': ['metadata/src/kinds/planted-index.ts', "import './index.ts'"],
  'no-cycle': ['engine/src/records/planted-circle.ts', "import './planted-cycle.ts'"],
  'no-unresolved': ['engine/src/records/planted-missing.ts', "import './missing.ts'"],
}

/** The lint rules, each with code that breaks it. */
const lints = {
  format: 'export const planted = "quoted";\n',
  'lint/suspicious/noExplicitAny': 'export const planted: any = 1\n',
  'lint/style/noNonNullAssertion': 'export const planted = (list: string[]) => list[0]!.length\n',
  'lint/nursery/noFloatingPromises': 'const run = async () => 1\nexport function planted() {\n  run()\n}\n',
  'lint/complexity/noExcessiveCognitiveComplexity': `export function planted(a: boolean) {\n${'  if (a) {\n'.repeat(6)}${'  }\n'.repeat(6)}}\n`,
}

const typed = ['metadata', 'engine', 'runtime-ui']

beforeAll(async () => {
  const { plant, change } = checkout
  for (const [file, text] of Object.values(arrows)) plant(file, `${text}\n`)
  plant('engine/src/records/planted-cycle.ts', "import './planted-circle.ts'\n")
  plant('node_modules/bpmn-engine/package.json', '{ "name": "bpmn-engine", "version": "1.0.0", "main": "index.js" }')
  plant('node_modules/bpmn-engine/index.js', '')
  for (const [index, text] of Object.values(lints).entries()) plant(`metadata/src/planted-lint-${index}.ts`, text)
  plant('metadata/src/planted_name.ts', 'export const planted = 1\n')
  for (const folder of typed) plant(`${folder}/src/planted-type.ts`, "export const planted: number = 'text'\n")
  plant('planted.config.ts', "export const planted: number = 'text'\n")
  change(
    'engine/src/errors.ts',
    (text) => `${text}\nexport const plantedUnused = 1\nexport const plantedForTests = 1\n`,
  )
  plant('engine/src/planted.test.ts', "import { plantedForTests } from './errors.ts'\n\nconsole.log(plantedForTests)\n")
  change('metadata/package.json', (text) => text.replace('"ajv"', '"planted-package": "1.0.0",\n    "ajv"'))
  change('metadata/src/generated/menu.ts', (text) => `${text}\n`)
  plant('metadata/src/customer-field.ts', 'export const planted = 1\n')
  plant(
    'engine/src/records/planted-kind.ts',
    "export const planted = (field: { type: string }) => field.type === 'text'\n",
  )
  change('package.json', (text) => text.replace('>=20.19', '>=99.0'))
  await answerAll()
}, 120_000)

afterAll(() => rmSync(checkout.root, { recursive: true, force: true }))

async function answerAll() {
  const waiting = checksOf(checkout.root)
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      answers.set(check.name, await runCommand(check.command, checkout.root))
    }
  }
  await Promise.all([work(), work()])
}

/** The check's answer in one line, so that what it says can be found whatever the terminal's width. */
function refusalOf(name) {
  const { code, output } = answers.get(name) ?? { code: 0, output: 'There is no such check.' }
  expect(code, output).not.toBe(0)
  return output.replace(/\s+/g, ' ')
}

test.each(Object.entries(arrows))('the import arrows refuse what breaks “%s”', (name, [file]) => {
  expect(refusalOf('import arrows')).toContain(`error ${name}: ${file}`)
})

test.each(Object.keys(lints).map((rule, index) => [rule, index]))('the linter refuses “%s”', (rule, index) => {
  expect(refusalOf('format and lint')).toMatch(
    new RegExp(`metadata/src/planted-lint-${index}\\.ts(:\\d+:\\d+)? ${rule}`),
  )
})

test('the linter refuses file names of another case', () => {
  expect(refusalOf('format and lint')).toContain('metadata/src/planted_name.ts lint/style/useFilenamingConvention')
})

test('the linter refuses circles of imports', () => {
  expect(refusalOf('format and lint')).toMatch(
    /records\/planted-circle\.ts(:\d+:\d+)? lint\/suspicious\/noImportCycles/,
  )
})

test.each(typed)('the compiler refuses a wrong type in %s', (folder) => {
  expect(refusalOf(`types of ${folder}`)).toContain(`${folder}/src/planted-type.ts(1,14): error TS2322`)
})

test("the compiler refuses a wrong type in the tools' configuration", () => {
  expect(refusalOf('types of .')).toContain('planted.config.ts(1,14): error TS2322')
})

test('unused files, exports and dependencies are refused', () => {
  const refusal = refusalOf('unused code')
  expect(refusal).toContain('metadata/src/planted-type.ts')
  expect(refusal).toContain('plantedUnused')
  expect(refusal).toContain('planted-package')
  expect(refusal).not.toContain('plantedForTests')
})

test('what only tests use is refused in production', () => {
  expect(refusalOf('unused code in production')).toContain('plantedForTests')
})

test('a generated file that differs from its schema is refused', () => {
  expect(refusalOf('generated files')).toContain('metadata/src/generated/menu.ts is not fresh')
})

test('a noun of the business is refused', () => {
  expect(refusalOf('house rules')).toContain('customer-field.ts: customer')
})

test('a question for the name of a field type is refused', () => {
  expect(refusalOf('house rules')).toContain("records/planted-kind.ts: field.type === 'text'")
})

test('a Node.js older than package.json asks for is refused', () => {
  expect(refusalOf('Node version')).toContain('package.json asks for >=99.0')
})
