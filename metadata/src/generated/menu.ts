// Made from metadata/schemas/menu.json by “npm run generate”; change the schema instead.

export interface MenuBody {
  title: string
  icon?: string
  order?: number
  items: {
    [k: string]: {
      title: string
      entity: string
      view?: string
      icon?: string
    }
  }
}
