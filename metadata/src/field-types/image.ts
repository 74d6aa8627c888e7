import { attachmentType } from './attachment.ts'
import { defineFieldType } from './define-field-type.ts'

/** An uploaded picture by id, or several with `multiple`. */
export const image = defineFieldType(attachmentType)
