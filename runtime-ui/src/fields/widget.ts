import type { Entity, Field, FieldState, Json, JsonObject, Release } from '@heddle/metadata'
import type { ErrorSchema } from '@rjsf/utils'
import type { ComponentType } from 'react'
import type { Cell } from './face.ts'

/** Where a widget stands: labelled in a form, or in a cell of a line table. */
export type WidgetPlace = 'form' | 'cell'

/** What a widget edits: one value of a record. */
export interface WidgetProps {
  /** DOM id of the input; parts of a composite widget append to it. */
  readonly id: string
  readonly field: Field
  readonly entity: Entity
  readonly release: Release
  /** Null when empty; the text of `unread` when the person wrote something that cannot be read. */
  readonly value: Json
  /** The values around it, with `_related` labels as they were read. */
  readonly record: JsonObject
  /** `related` is what `_related` should say of the new value: id and label of the chosen records. */
  readonly onChange: (value: Json, related?: Json) => void
  readonly place: WidgetPlace
  readonly isRequired: boolean
  readonly isReadOnly: boolean
  readonly isInvalid: boolean
  /** Ids of help and error texts. */
  readonly describedBy?: string | undefined
  /** Accessible name where no label element points to the input. */
  readonly label?: string | undefined
  /** Keys of the options that may be chosen now; all of them when absent. */
  readonly options?: readonly string[] | undefined
  /** Faults inside the value, by part. */
  readonly errors?: ErrorSchema | undefined
  /** Widths of the columns of a line table, by child field. */
  readonly columns?: JsonObject | undefined
  /** What the fields of lines may do now, by the key of the line; nothing differs in lines that are not there. */
  readonly lineStates?: ReadonlyMap<string, ReadonlyMap<string, FieldState>> | undefined
  readonly autoFocus?: boolean | undefined
  /** Shows its choices at once: the person pointed at it. */
  readonly isOpened?: boolean | undefined
}

/** Edits one value. */
export type Widget = ComponentType<WidgetProps>

/** How values of a type are placed and kept. */
export interface FieldTraits {
  /** Takes whole rows of a section. */
  readonly isWide?: true
  /** Gets a section of its own in a generated form. */
  readonly hasOwnSection?: true
  /** Several inputs under one title instead of one input with a label. */
  readonly isComposite?: true
  /** The widget shows a value that may not be changed; of others the cell is shown. */
  readonly showsReadOnly?: true
  /** Width in px of a column in line tables; types without one are no columns. */
  readonly columnWidth?: number
  /** Numbers stand right-aligned. */
  readonly isNumeric?: true
  /** Never kept outside the page. */
  readonly isSecret?: true
}

/** The face of a field type: how its values are edited and shown. */
export interface FieldFace extends FieldTraits {
  readonly Widget: Widget
  readonly Cell: Cell
}
