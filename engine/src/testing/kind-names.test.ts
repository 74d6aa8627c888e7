import { fieldTypes } from '@heddle/metadata'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

const names = Object.keys(fieldTypes).join('|')
const comparison = new RegExp(`\\b\\w*field\\w*(\\??\\.type)?\\s*[!=]==\\s*'(${names})'`, 'gi')
const choice = /switch \(\w*field\w*(\??\.type)?\)/gi

function testsIn(text: string): string[] {
  return [...(text.match(comparison) ?? []), ...(text.match(choice) ?? [])]
}

test.each(['engine/src', 'metadata/src', 'runtime-ui/src', 'designer/src'])(
  '%s asks no field for the name of its type outside the type’s own file',
  (folder) => {
    const found = sourceFiles(folder)
      .filter(({ path }) => !path.endsWith('kind-names.test.ts'))
      .flatMap(({ path, text }) => testsIn(text).map((code) => `${path}: ${code}`))
    expect(found).toEqual([])
  },
)

test.each([
  "if (field.type === 'text')",
  "otherField?.type !== 'lookup'",
  "fieldType === 'date'",
  'switch (field.type)',
])('the question in “%s” is found', (code) => {
  expect(testsIn(code)).toHaveLength(1)
})
