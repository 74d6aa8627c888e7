import type { Json } from '../json.ts'
import { asTexts } from '../json.ts'
import { splitList } from './choices.ts'
import { type FieldSource, type JsonSchema, type Parsed, plainText, readAs } from './define-field-type.ts'
import { normaliseSet } from './normalise-set.ts'
import { presenceOperators } from './operators.ts'
import { idSchema, normaliseId, readId } from './reference.ts'

/** What the types of uploaded files share: an id, or a list of ids with `multiple`. */
export const attachmentType = {
  settings: { multiple: { type: 'boolean' } },
  value: ({ settings }: FieldSource): JsonSchema =>
    settings.multiple === true ? { type: 'array', items: idSchema, uniqueItems: true, maxItems: 50 } : idSchema,
  normalise: (value: Json): Json =>
    Array.isArray(value) ? normaliseSet(value, (ids) => ids.map(normaliseId)) : normaliseId(value),
  feel: 'none',
  isAttachment: true,
  operators: presenceOperators,
  toText: (value: Json): string => (Array.isArray(value) ? asTexts(value).join(', ') : plainText(value)),
  fromText: (written: string, { settings }: FieldSource): Parsed =>
    settings.multiple === true ? readIds(written) : readId(written),
} as const

function readIds(text: string): Parsed {
  const ids: Json[] = []
  for (const entry of splitList(text)) {
    const id = readId(entry)
    if (!id.ok) return id
    ids.push(id.value)
  }
  return readAs(ids)
}
