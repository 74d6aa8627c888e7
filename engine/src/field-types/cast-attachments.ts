import type { Cast } from './cast.ts'

/** Uploaded files: one becomes a list of one, a list of one becomes its entry. */
export const attachmentToAttachment: Cast = (column, { from, to }) => {
  const [isList, becomesList] = [from.settings.multiple === true, to.settings.multiple === true]
  if (isList === becomesList) return column
  return becomesList
    ? `case when ${column} is not null then jsonb_build_array(${column}) end`
    : `case when jsonb_array_length(${column}) = 1 then (${column} ->> 0)::uuid end`
}
