import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import type { Effective } from '../layers/fold.ts'
import { checkValue, normaliseValue, textOfValue, valueOfText } from '../release/field-values.ts'
import { pureSchema, schemaPurposes } from '../release/pure-schemas.ts'
import { emptyStorage } from '../release/storage.ts'
import { validateDefinitions } from '../validation/validate-definitions.ts'
import { compileValidator } from '../validation/validator.ts'
import type { FieldTypeFixture } from './fixtures/define-fixture.ts'
import { fixtureDefinitions, type Specimen, specimenOf } from './fixtures/fixture-release.ts'
import { fixtures } from './fixtures/index.ts'
import { fieldTypeOf, operatorsOf, valueTypeOf } from './index.ts'

const context = { timeZone: 'Asia/Shanghai' }
const all: readonly (readonly [string, FieldTypeFixture])[] = Object.entries(fixtures)

describe.each(all)('The field type %s', (name, fixture) => {
  const specimen = specimenOf(fixture)
  const { field } = specimen

  test('takes its example and the settings it says are right', () => {
    expect(field.type).toBe(name)
    expect(codesOf(fixture, fixture.property)).toEqual([])
    for (const settings of fixture.accepted ?? []) {
      expect(codesOf(fixture, { 'x-field': { type: name, ...settings } }), JSON.stringify(settings)).toEqual([])
    }
  })

  test('refuses definitions that are wrong, and says why', () => {
    for (const { property, codes } of fixture.refused) {
      expect(codesOf(fixture, property), JSON.stringify(property)).toEqual(codes)
    }
  })

  test('compiles to strict schemas for every purpose', () => {
    for (const purpose of schemaPurposes) {
      const schema = pureSchema(specimen.release, specimen.entity, purpose)
      expect(() => compileValidator(schema)).not.toThrow()
      expect(looseObjects(schema.properties ?? {})).toEqual([])
    }
  })

  test('takes the valid values in their stored form', () => {
    for (const { value, stored = value } of fixture.valid) {
      const normalised = normaliseValue(field, value)
      expect(normalised, JSON.stringify(value)).toEqual(stored)
      expect(faultsOf(specimen, normalised), JSON.stringify(value)).toEqual([])
    }
  })

  test('refuses the invalid values at their place', () => {
    for (const { value, path, code } of fixture.invalid) {
      const faults = faultsOf(specimen, normaliseValue(field, value))
      expect(faults, JSON.stringify(value)?.slice(0, 200)).toContainEqual({ path, code })
    }
  })

  test('normalises any JSON without failing, and twice is once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        const value = JSON.parse(JSON.stringify(input)) as Json
        const once = normaliseValue(field, value)
        expect(normaliseValue(field, once)).toEqual(once)
      }),
      { numRuns: 100 },
    )
    for (const { stored, value } of fixture.valid) {
      const once = stored === undefined ? value : stored
      expect(normaliseValue(field, once)).toEqual(once)
    }
  })

  test('writes values as text and reads that text again', () => {
    for (const { value, stored = value, text, isTextLossy } of fixture.valid) {
      const written = textOfValue(field, stored, context)
      if (text !== undefined) expect(written).toBe(text)
      if (isTextLossy || fieldTypeOf(field.type).fromText === undefined) continue
      expect(valueOfText(field, written, context), written).toEqual({ ok: true, value: stored })
    }
    expect(textOfValue(field, null, context)).toBe('')
    expect(valueOfText(field, ' \u3000', context)).toEqual({ ok: true, value: null })
  })

  test('reads what people write, and says what it does not understand', () => {
    for (const { text, value } of fixture.texts ?? []) {
      expect(valueOfText(field, text, context), text).toEqual({ ok: true, value })
    }
    for (const { text, code } of fixture.unreadable ?? []) {
      expect(valueOfText(field, text, context), text).toMatchObject({ ok: false, code })
    }
  })

  test('offers operators, and none that only order unordered values', () => {
    const operators = operatorsOf(field)
    expect(operators).toContain('empty')
    if (valueTypeOf(field).feel === 'none') expect(operators).not.toContain('<')
  })
})

/** Codes of the errors at the property, each once. */
function codesOf(fixture: FieldTypeFixture, property: JsonObject): string[] {
  const definitions: Map<string, Effective> = fixtureDefinitions(fixture, property)
  const findings = validateDefinitions({ definitions, findings: [] }, emptyStorage)
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

function faultsOf({ release, entity, field }: Specimen, value: Json): { path: string; code: string }[] {
  const purpose = fieldTypeOf(field.type).source === 'computed' ? 'read' : 'create'
  const schema = pureSchema(release, entity, purpose)
  const validate = compileValidator({ ...schema, required: [] })
  const shape = validate({ value }).map(({ path, code }) => ({ path: path.slice('/value'.length), code }))
  return shape.length > 0 ? shape : checkValue(field, value).map(({ path, code }) => ({ path, code }))
}

/** Pointers of object schemas that take anything. */
function looseObjects(schema: Json, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const isLoose = !Array.isArray(schema) && schema.type === 'object' && schema.additionalProperties === undefined
  return [
    ...(isLoose ? [path] : []),
    ...Object.entries(schema).flatMap(([key, part]) => looseObjects(part, `${path}/${key}`)),
  ]
}
