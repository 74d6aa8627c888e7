import { defineConfig } from 'vitest/config'

/** House rules as tests: they need no database and are a part of `npm run check`. */
const rules = 'engine/src/testing/*.test.ts'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'rules', include: ['.ci/**/*.test.mjs', rules], testTimeout: 120_000, hookTimeout: 60_000 } },
      { test: { name: 'metadata', include: ['metadata/src/**/*.test.ts'] } },
      {
        test: {
          name: 'engine',
          include: [
            'engine/src/**/*.test.ts',
            'engine/bin/**/*.test.ts',
            'plugins/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: [rules],
          globalSetup: ['engine/src/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'designer', include: ['designer/src/**/*.test.ts'] } },
      { test: { name: 'runtime-ui', include: ['runtime-ui/src/**/*.test.{ts,tsx}'] } },
    ],
  },
})
