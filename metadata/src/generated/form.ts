// Made from metadata/schemas/form.json by “npm run generate”; change the schema instead.

export interface FormBody {
  entity: string
  title: string
  default?: boolean
  tabs: {
    [k: string]: {
      title: string
      visible?: string
      sections: {
        [k: string]: {
          title: string
          columns?: 1 | 2 | 3
          visible?: string
          fields: {
            [k: string]: {
              span?: number
              widget?: string
              columns?: {
                [k: string]: {
                  width?: number
                }
              }
            }
          }
        }
      }
    }
  }
}
