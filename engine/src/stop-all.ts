/** Ends something that was started. */
export type Stop = () => Promise<unknown>

/** Stops what was started, the last first; one that fails keeps no other running. @throws the first error */
export async function stopAll(stops: readonly Stop[]): Promise<void> {
  const errors: unknown[] = []
  for (const stop of stops.toReversed()) await stop().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw errors[0]
}
