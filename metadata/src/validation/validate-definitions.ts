import type { Definition } from '../definition.ts'
import { addressOf } from '../definition.ts'
import { type Finding, reporterFor } from '../findings.ts'
import { kinds } from '../kinds/index.ts'
import type { Effective, Folded } from '../layers/fold.ts'
import { nearest } from '../near.ts'
import { compileRelease, type Release } from '../release/compile-release.ts'
import { withoutHeld } from '../release/hold-back.ts'
import type { Storage } from '../release/storage.ts'
import { finish, type Steps } from '../stepwise.ts'
import { missingTranslations } from './missing-translations.ts'
import { numberKeys } from './number-keys.ts'
import { isSameIn, observeRelease, type Sightings } from './observe-release.ts'
import { compileValidator, type Validator } from './validator.ts'

/** Everything that is wrong or doubtful in a folded set, the fold's own findings included. */
export function validateDefinitions(folded: Folded, storage: Storage): Finding[] {
  return finish(validateStepwise(folded, storage))
}

/** The same, one definition a step. */
export function* validateStepwise(folded: Folded, storage: Storage): Steps<Finding[]> {
  // Deprecated names answer requests only: a definition that still uses one would dangle a release later.
  const release = compileRelease(0, folded.definitions, { ...withoutHeld(storage), aliases: {} })
  const findings = [...folded.findings]
  for (const definition of folded.definitions.values()) {
    findings.push(...checkDefinition(definition, release))
    yield
  }
  return [...findings, ...(yield* missingTranslations(folded.definitions))]
}

interface Checked {
  readonly findings: readonly Finding[]
  readonly seen: Sightings
}

const checked = new WeakMap<Effective, Checked>()

/** The findings of one definition; known ones hold while nothing that its check looked at has changed. */
function checkDefinition(definition: Effective, release: Release): readonly Finding[] {
  const known = checked.get(definition)
  if (known !== undefined && isSameIn(release, known.seen)) return known.findings
  const findings = checkShape(definition)
  const seen: Sightings = { entities: new Map(), definitions: new Map(), isEverything: false }
  if (findings.length === 0) {
    const report = reporterFor(addressOf(definition), findings)
    kinds[definition.kind]?.check(definition, { release: observeRelease(release, seen) }, report)
  }
  checked.set(definition, { findings, seen })
  return findings
}

/** Every definition is a file of that name when its layer is exported. */
const fileName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/

const shapeValidators = new Map<string, Validator>()

/** Whether the body fits its kind's JSON Schema and can keep its order. */
export function checkShape(definition: Definition): Finding[] {
  const address = addressOf(definition)
  const kind = kinds[definition.kind]
  if (kind === undefined) {
    const near = nearest(definition.kind, Object.keys(kinds))
    const message = `There is no kind “${definition.kind}”${near ? `; did you mean “${near}”?` : '.'}`
    return [{ severity: 'error', address, path: '', code: 'kind.unknown', message }]
  }
  if (!fileName.test(definition.name)) {
    const message = `“${definition.name.slice(0, 80)}” cannot be a file's name; use letters, digits, “_” and “-”, at most 80.`
    return [{ severity: 'error', address, path: '', code: 'name.invalid', message }]
  }
  const validate = shapeValidators.get(definition.kind) ?? compileValidator(kind.schema)
  shapeValidators.set(definition.kind, validate)
  const faults = [...validate(definition.body), ...numberKeys(definition.body)]
  return faults.map((fault) => ({ severity: 'error', address, ...fault }))
}
