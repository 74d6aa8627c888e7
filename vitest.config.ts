import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
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
          globalSetup: ['engine/src/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'runtime-ui', include: ['runtime-ui/src/**/*.test.{ts,tsx}'] } },
    ],
  },
})
