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
