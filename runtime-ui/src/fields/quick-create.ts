import type { Entity, JsonObject } from '@heddle/metadata'
import { createContext } from 'react'

/** Lets someone make a record of that entity without leaving what they do; `use` gets it once it is saved. */
export type QuickCreate = (entity: Entity, initial: JsonObject, use: (record: JsonObject) => void) => void

/** Given by record forms to their widgets; undefined where nothing can be made in passing. */
export const QuickCreateContext = createContext<QuickCreate | undefined>(undefined)
