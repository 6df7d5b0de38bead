import path from 'node:path'
import { defineConfig } from 'vitest/config'

const resolve = { alias: { '@': import.meta.dirname } }

export default defineConfig({
  test: {
    projects: [
      { resolve, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 120_000 } },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/integration/setup.ts'],
          setupFiles: [path.join(import.meta.dirname, 'tests/integration/file-database.ts')],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
