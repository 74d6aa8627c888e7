// Made from metadata/schemas/role.json by “npm run generate”; change the schema instead.

export interface RoleBody {
  title: string
  description?: string
  /**
   * Rights by entity; `*` is for every entity not named.
   */
  entities: {
    [k: string]: {
      verbs: {
        read?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        create?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        update?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        delete?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        purge?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        import?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        export?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        transfer?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        share?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
        bulk?: 'own' | 'own-subordinates' | 'department' | 'department-below' | 'all'
      }
      fields?: {
        [k: string]: 'none' | 'masked' | 'read' | 'edit'
      }
      rowRule?: string
    }
  }
  system?: ('design' | 'administer')[]
}
