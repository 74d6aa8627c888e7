// Made from metadata/schemas/option-set.json by “npm run generate”; change the schema instead.

export interface OptionSetBody {
  'x-id'?: string
  title: string
  tree?: boolean
  /**
   * Options by key; the order of keys counts.
   */
  options: {
    [k: string]: {
      title: string
      parent?: string
      color?:
        | 'gray'
        | 'red'
        | 'volcano'
        | 'orange'
        | 'gold'
        | 'lime'
        | 'green'
        | 'cyan'
        | 'blue'
        | 'geekblue'
        | 'purple'
        | 'magenta'
    }
  }
}
