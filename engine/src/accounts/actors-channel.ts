import type { Services } from '../http/environment.ts'

/** The channel on which processes learn that something about people, sessions or keys has changed. */
export const actorsChannel = 'heddle_actors'

/** Forgets cached actors in every process. */
export async function forgetActors({ actors, database }: Services): Promise<void> {
  actors.clear()
  await database.notify(actorsChannel, '')
}
