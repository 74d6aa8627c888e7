import type { Entity, FieldState, JsonObject, Release } from '@heddle/metadata'
import { createContext, useContext } from 'react'
import type { Layout } from './layout.ts'

/** What the fields of a form share. */
export interface FormSurroundings {
  readonly release: Release
  readonly entity: Entity
  readonly states: ReadonlyMap<string, FieldState>
  /** The states of the fields of lines, by the key of the line; of lines that are not there nothing differs. */
  readonly lineStates: ReadonlyMap<string, ReadonlyMap<string, FieldState>>
  /** What is doubtful about each field, in words. */
  readonly warnings: ReadonlyMap<string, readonly string[]>
  /** Nobody may change anything here. */
  readonly isReadOnly: boolean
  /** The values around each field. */
  readonly values: JsonObject
  /** What is shown now. */
  readonly layout: Layout
  readonly tab: string | undefined
  readonly onTab: (id: string) => void
  /** How many faults each tab has. */
  readonly faultsIn: (tab: string) => number
  readonly onTouch: (field: string) => void
}

/** Given by the form to its fields and templates. */
export const FormSurroundingsContext = createContext<FormSurroundings | undefined>(undefined)

/** What the fields of the form share. @throws Error outside a form */
export function useFormSurroundings(): FormSurroundings {
  const surroundings = useContext(FormSurroundingsContext)
  if (surroundings === undefined) throw new Error('This component needs a record form around it.')
  return surroundings
}
