import {
  checkExpression,
  compileCondition,
  type Entity,
  feelTypes,
  type KeyedMemory,
  type Release,
  recordScope,
  rememberBy,
} from '@heddle/metadata'

type Condition = ReturnType<typeof compileCondition>

const memory: KeyedMemory<Condition> = new WeakMap()

/** A condition of a form definition on records of the entity, compiled once; one that does not fit always holds. */
export function formCondition(release: Release, entity: Entity, text: string): Condition {
  return rememberBy(memory, release, `${entity.name} ${text}`, () => compile(release, entity, text))
}

function compile(release: Release, entity: Entity, text: string): Condition {
  const checked = checkExpression(text, recordScope(release, entity), { expects: feelTypes.boolean })
  return checked.ok ? compileCondition(checked.expression) : () => true
}
