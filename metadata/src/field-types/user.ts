import { defineFieldType } from './define-field-type.ts'
import { referenceType } from './reference.ts'

/** One person who signs in, by id. */
export const user = defineFieldType({ ...referenceType, settings: {} })
