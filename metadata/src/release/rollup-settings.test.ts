import { expect, test } from 'vitest'
import { specimenOf } from '../field-types/fixtures/fixture-release.ts'
import { fixtures } from '../field-types/fixtures/index.ts'
import { operatorsOf, valueTypeOf } from '../field-types/index.ts'

const settingsOf = (aggregate: object) =>
  specimenOf(fixtures.rollup, { 'x-field': { type: 'rollup', from: 'part', by: 'whole', ...aggregate } }).field.settings

test('a roll-up returns what its field holds', () => {
  expect(settingsOf({ sum: 'price' })).toMatchObject({ returns: 'money', scale: 3 })
  expect(settingsOf({ max: 'made_on' })).toMatchObject({ returns: 'date' })
  expect(settingsOf({ count: true })).toMatchObject({ returns: 'integer' })
})

test('a roll-up of what has no order or is not known is a number, unless it says otherwise', () => {
  expect(settingsOf({ max: 'whole' })).toMatchObject({ returns: 'number' })
  expect(settingsOf({ max: 'created_at' })).toMatchObject({ returns: 'number' })
  expect(settingsOf({ max: 'created_at', returns: 'datetime' })).toMatchObject({ returns: 'datetime' })
})

test('a computed field behaves as what it returns', () => {
  const { field } = specimenOf(fixtures.rollup)
  expect(valueTypeOf(field).feel).toBe('date')
  expect(operatorsOf(field)).toContain('between')
})

test('an automatic number is unique without saying so', () => {
  expect(specimenOf(fixtures.autonumber).field.isUnique).toBe(true)
})
