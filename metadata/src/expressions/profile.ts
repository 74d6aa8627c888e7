import { listFunctions } from './profile/list-functions.ts'
import { logic } from './profile/logic.ts'
import { numberFunctions } from './profile/number-functions.ts'
import type { ProfileRow } from './profile/row.ts'
import { temporalFunctions } from './profile/temporal-functions.ts'
import { textFunctions } from './profile/text-functions.ts'

const rows = {
  ...logic,
  ...textFunctions,
  ...numberFunctions,
  ...temporalFunctions,
  ...listFunctions,
} as const satisfies Record<string, ProfileRow>

/** The key of a row of the profile. */
export type ProfileKey = keyof typeof rows

/** Every operator, function and property that expressions may use. What is not here is refused. */
export const profile: Readonly<Record<ProfileKey, ProfileRow>> = rows

/** All keys, in the order of the table. */
export const profileKeys: readonly ProfileKey[] = Object.keys(rows).filter((key): key is ProfileKey => key in rows)

/** The rows that are written with that name in that form, in the order in which they are tried. */
export function rowsNamed(name: string, form: ProfileRow['form']): readonly ProfileKey[] {
  return profileKeys.filter((key) => profile[key].name === name && profile[key].form === form)
}

/** The names of all rows of a form, for the near miss and for completion in editors. */
export function namesOf(form: ProfileRow['form']): readonly string[] {
  return [
    ...new Set(
      profileKeys
        .map((key) => profile[key])
        .filter((row) => row.form === form)
        .map((row) => row.name),
    ),
  ]
}
