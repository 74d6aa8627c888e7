// Made from metadata/schemas/view.json by “npm run generate”; change the schema instead.

export interface ViewBody {
  entity: string
  title: string
  type?: 'list'
  default?: boolean
  order?: number
  columns: {
    [k: string]: {
      width?: number
    }
  }
  sort?: {
    [k: string]: 'asc' | 'desc'
  }
  where?: string
  group?: string
}
