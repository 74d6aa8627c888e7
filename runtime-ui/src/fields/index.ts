import type { Entity, FieldType } from '@heddle/metadata'
import { cellOf, cells } from './cells/index.ts'
import type { Cell } from './face.ts'
import type { FieldFace } from './widget.ts'
import { CurrencyWidget } from './widgets/CurrencyWidget.tsx'
import { editingFaces } from './widgets/index.ts'
import type { EditingFace } from './widgets/leaf-faces.ts'

// A field type without both halves does not compile.
const editing: { readonly [K in FieldType]: EditingFace } = editingFaces
const shown: { readonly [K in FieldType]: Cell } = cells

const faces: ReadonlyMap<string, FieldFace> = new Map(
  Object.entries({ ...editingFaces, ...editing }).map(([type, face]) => [type, { ...face, Cell: cellOf({ type }) }]),
)

/** The face of a field; of a type this app does not know, that of plain text. */
export function faceOf({ type }: { readonly type: string }): FieldFace {
  return faces.get(type) ?? { ...editing.text, Cell: shown.text }
}

/** The face of a field of that entity: what the system brings besides may be better known than by its type. */
export function faceIn(
  { hasCurrency }: Pick<Entity, 'hasCurrency'>,
  field: { readonly name: string; readonly type: string },
) {
  const face = faceOf(field)
  return hasCurrency && field.name === 'currency' ? { ...face, Widget: CurrencyWidget } : face
}
