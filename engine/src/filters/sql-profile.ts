import type { ProfileKey } from '@heddle/metadata'
import type { SqlRow } from './compiling.ts'
import { listFunctions } from './list-functions.ts'
import { logic } from './logic.ts'
import { numberFunctions } from './number-functions.ts'
import { temporalFunctions } from './temporal-functions.ts'
import { textFunctions } from './text-functions.ts'

/** The SQL half of every row of the profile; a row without one does not compile. */
export const sqlProfile: Readonly<Record<ProfileKey, SqlRow>> = {
  ...logic,
  ...textFunctions,
  ...numberFunctions,
  ...temporalFunctions,
  ...listFunctions,
} satisfies Record<ProfileKey, SqlRow>
