import { isObject } from '@heddle/metadata'
import type { ErrorSchema } from '@rjsf/utils'

/** The first text of a fault at a part, or anywhere inside it. */
export function firstFault(errors: ErrorSchema | undefined): string | undefined {
  if (errors === undefined) return undefined
  const own = errors.__errors?.[0]
  if (own !== undefined) return own
  for (const [name, inner] of Object.entries(errors)) {
    const found = name === '__errors' || !isObject(inner) ? undefined : firstFault(inner)
    if (found !== undefined) return found
  }
  return undefined
}
