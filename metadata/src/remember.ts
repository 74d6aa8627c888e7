/** Last results by the object they were made from; entries go with that object. */
export type Memory<Result> = WeakMap<object, { readonly inputs: readonly unknown[]; readonly result: Result }>

/**
 * The very result of last time while every input is the same object or value; else a new one. Keeps what did not change
 * identical from release to release, so that nobody works on it again.
 */
export function remember<Result>(
  memory: Memory<Result>,
  subject: object,
  inputs: readonly unknown[],
  make: () => Result,
): Result {
  const known = memory.get(subject)
  const isSame =
    known?.inputs.length === inputs.length && known.inputs.every((input, at) => Object.is(input, inputs[at]))
  if (known !== undefined && isSame) return known.result
  const result = make()
  memory.set(subject, { inputs, result })
  return result
}

/** Results by the object they belong to, and a key; they go with that object. */
export type KeyedMemory<Result> = WeakMap<object, Map<string, { readonly result: Result }>>

/** What was made for the subject and key before; else made now. */
export function rememberBy<Result>(
  memory: KeyedMemory<Result>,
  subject: object,
  key: string,
  make: () => Result,
): Result {
  const known = memory.get(subject) ?? new Map<string, { readonly result: Result }>()
  memory.set(subject, known)
  const made = known.get(key) ?? { result: make() }
  known.set(key, made)
  return made.result
}
