// Made from metadata/schemas/translation.json by “npm run generate”; change the schema instead.

export interface TranslationBody {
  [k: string]: {
    [k: string]: string
  }
}
