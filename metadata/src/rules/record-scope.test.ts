import { expect, test } from 'vitest'
import { checkExpression } from '../expressions/check-expression.ts'
import { foldLayers } from '../layers/fold.ts'
import { compileRelease } from '../release/compile-release.ts'
import type { Entity } from '../release/entity.ts'
import { emptyStorage } from '../release/storage.ts'
import { fieldScope, recordScope } from './record-scope.ts'

const body = { title: 'Note', properties: { made_on: { 'x-field': { type: 'date' } } } }
const note = { kind: 'entity', name: 'note', body }
const layer = { owner: 'site', definitions: [note], extensions: [], overrides: [] }
const release = compileRelease(1, foldLayers([layer]).definitions, emptyStorage)
const entity: Entity | undefined = release.entity('note')

test.each([
  'constructor',
  'toString',
  '__proto__',
  'user.constructor',
  'user.__proto__',
  'old.toString',
  'made_on.constructor',
  'constructor(made_on)',
  'toString(made_on)',
])('“%s” is no name just because JavaScript objects have one', (text) => {
  for (const scopeOf of [recordScope, fieldScope]) {
    expect(entity && checkExpression(text, scopeOf(release, entity)).ok).toBe(false)
  }
})
