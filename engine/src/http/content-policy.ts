/** The policy of content that lets an answer load, run and send nothing, nor be framed; more can be added behind it. */
export const nothingElse = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
