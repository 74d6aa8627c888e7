// Made from metadata/schemas/entity.json by “npm run generate”; change the schema instead.

export interface EntityBody {
  $schema?: 'https://json-schema.org/draft/2020-12/schema'
  $id?: string
  'x-id'?: string
  title: string
  description?: string
  type?: 'object'
  required?: string[]
  properties: {
    [k: string]: Property
  }
  'x-entity'?: {
    label?: string
    /**
     * @maxItems 30
     */
    search?: string[]
    owned?: boolean
    currency?: boolean
    icon?: string
    /**
     * Validation rules: violated when `when` holds.
     */
    rules?: {
      [k: string]: {
        when: string
        error: string
        at?: string
        severity?: 'error' | 'warning'
      }
    }
    duplicates?: {
      [k: string]: {
        /**
         * @minItems 1
         * @maxItems 8
         */
        match: string[]
        action: 'block' | 'warn'
      }
    }
    indexes?: {
      /**
       * @minItems 1
       * @maxItems 8
       */
      [k: string]: string[]
    }
  }
}
export interface Property {
  'x-id'?: string
  title?: string
  description?: string
  type?: unknown
  format?: unknown
  enum?: unknown
  items?: unknown
  readOnly?: boolean
  default?: unknown
  minLength?: number
  maxLength?: number
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  multipleOf?: number
  minItems?: number
  maxItems?: number
  properties?: {
    [k: string]: Property
  }
  required?: string[]
  'x-field': {
    type: string
    visible?: string
    required?: string
    readOnly?: string
    default?: string
  }
}
