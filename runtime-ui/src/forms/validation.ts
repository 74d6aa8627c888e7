import {
  checkValue,
  compileValidator,
  type Entity,
  fieldTypeOf,
  type JsonObject,
  pureSchema,
  type Release,
  type Validator,
} from '@heddle/metadata'
import type { FieldProblem } from '../api/problem.ts'
import { creationOf } from './changes.ts'
import { atFormPaths, unreadFaults } from './faults.ts'

/** What holds for a field of a record right now. */
export interface FieldState {
  readonly isVisible: boolean
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  /** Keys of the options that may be chosen; all of them when absent. */
  readonly options?: readonly string[] | undefined
}

/** What rules depend on besides the values. */
export interface RuleContext {
  readonly timeZone: string
}

/** What is wrong with the values of a form; an empty list means they can be saved. */
export function faultsOf(
  release: Release,
  entity: Entity,
  values: JsonObject,
  { timeZone }: RuleContext,
): FieldProblem[] {
  const unread = unreadFaults(release, entity, values, timeZone)
  const isElsewhere = ({ path }: FieldProblem) => !unread.some((fault) => path.startsWith(fault.path))
  return [...unread, ...bodyFaults(release, entity, values).filter(isElsewhere)]
}

/** What each field may do now. */
export function fieldStates(entity: Entity): ReadonlyMap<string, FieldState> {
  return new Map(
    [...entity.fields.values()].map((field) => {
      const isReadOnly = fieldTypeOf(field.type).source === 'computed'
      return [field.name, { isVisible: true, isRequired: field.isRequired && !isReadOnly, isReadOnly }]
    }),
  )
}

const validators = new WeakMap<Entity, Validator>()

function bodyFaults(release: Release, entity: Entity, values: JsonObject): FieldProblem[] {
  const validate = validators.get(entity) ?? compileValidator(pureSchema(release, entity, 'create'))
  validators.set(entity, validate)
  const body = creationOf(release, entity, values)
  const faults = validate(body)
  const checked = [...entity.fields.values()]
    .filter(({ name }) => !faults.some(({ path }) => path.startsWith(`/${name}`)))
    .flatMap((field) =>
      checkValue(field, body[field.name] ?? null).map((fault) => ({ ...fault, path: `/${field.name}${fault.path}` })),
    )
  return atFormPaths([...faults, ...checked], entity, values)
}
