import type { FieldType } from '@heddle/metadata'
import { cellOf, cells } from './cells/index.ts'
import type { Cell } from './face.ts'
import type { FieldFace } from './widget.ts'
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
