import { attachmentType } from './attachment.ts'
import { defineFieldType } from './define-field-type.ts'

/** An uploaded file by id, or several with `multiple`. */
export const file = defineFieldType(attachmentType)
