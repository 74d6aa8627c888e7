import type { Address, Definition } from '../definition.ts'
import { addressOf } from '../definition.ts'
import { type Finding, reporterFor } from '../findings.ts'
import { kinds } from '../kinds/index.ts'
import type { Folded } from '../layers/fold.ts'
import { nearest } from '../near.ts'
import { compileRelease } from '../release/compile-release.ts'
import type { Storage } from '../release/storage.ts'
import { compileValidator, type Validator } from './validator.ts'

/** Everything that is wrong or doubtful in a folded set, the fold's own findings included. */
export function validateDefinitions(folded: Folded, storage: Storage): Finding[] {
  const findings = [...folded.findings]
  const fitting = new Map<Address, Definition>()
  for (const [address, definition] of folded.definitions) {
    const before = findings.length
    findings.push(...checkShape(definition))
    if (findings.length === before) fitting.set(address, definition)
  }
  const release = compileRelease(0, folded.definitions, storage)
  for (const [address, definition] of fitting) {
    kinds[definition.kind]?.check(definition, { release }, reporterFor(address, findings))
  }
  return findings
}

const shapeValidators = new Map<string, Validator>()

/** Whether the body fits its kind's JSON Schema. */
export function checkShape(definition: Definition): Finding[] {
  const address = addressOf(definition)
  const kind = kinds[definition.kind]
  if (kind === undefined) {
    const near = nearest(definition.kind, Object.keys(kinds))
    const message = `There is no kind “${definition.kind}”${near ? `; did you mean “${near}”?` : '.'}`
    return [{ severity: 'error', address, path: '', code: 'kind.unknown', message }]
  }
  const validate = shapeValidators.get(definition.kind) ?? compileValidator(kind.schema)
  shapeValidators.set(definition.kind, validate)
  return validate(definition.body).map((fault) => ({ severity: 'error', address, ...fault }))
}
