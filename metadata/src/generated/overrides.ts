// Made from metadata/schemas/overrides.json by “npm run generate”; change the schema instead.

export interface OverridesBody {
  [k: string]: (
    | {
        value: unknown
      }
    | {
        removed: unknown
      }
    | {
        after: unknown
      }
  ) & {
    /**
     * What the plugin said when the change was made; missing for what the site adds.
     */
    base?: {
      [k: string]: unknown
    }
    /**
     * What stands there instead.
     */
    value?: {
      [k: string]: unknown
    }
    /**
     * True when nothing is to stand there.
     */
    removed?: true
    /**
     * The sibling it stands behind, null for the first place; alone, it moves what stands there.
     */
    after?: string | null
  }
}
