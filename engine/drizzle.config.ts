import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: 'engine/src/storage/schema.ts',
  out: 'engine/migrations',
  schemaFilter: ['heddle'],
})
