import { GroupWidget } from './GroupWidget.tsx'
import { LinesWidget } from './LinesWidget.tsx'
import { type EditingFace, leafFaces } from './leaf-faces.ts'

/** The editing half of every field type. */
export const editingFaces = {
  ...leafFaces,
  lines: { Widget: LinesWidget, isWide: true, hasOwnSection: true, isComposite: true, showsReadOnly: true },
  group: { Widget: GroupWidget, isWide: true, isComposite: true, showsReadOnly: true },
} as const satisfies { readonly [type: string]: EditingFace }
