import { checkExpression, compileCondition, type Entity, feelTypes, type Release, recordScope } from '@heddle/metadata'

type Condition = ReturnType<typeof compileCondition>

const memory = new WeakMap<Release, Map<string, Condition>>()

/** A condition of a form definition on records of the entity, compiled once; one that does not fit always holds. */
export function formCondition(release: Release, entity: Entity, text: string): Condition {
  const known = memory.get(release) ?? new Map<string, Condition>()
  memory.set(release, known)
  const key = `${entity.name} ${text}`
  const condition = known.get(key) ?? compile(release, entity, text)
  known.set(key, condition)
  return condition
}

function compile(release: Release, entity: Entity, text: string): Condition {
  const checked = checkExpression(text, recordScope(release, entity), { expects: feelTypes.boolean })
  return checked.ok ? compileCondition(checked.expression) : () => true
}
