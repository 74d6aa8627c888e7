import { defineFieldType } from './define-field-type.ts'
import { referenceType } from './reference.ts'

/** One department of the company, by id. */
export const department = defineFieldType({ ...referenceType, settings: {} })
