import path from 'node:path'
import { defineConfig } from 'vitest/config'

const resolve = { alias: { '@': import.meta.dirname } }

export default defineConfig({
  test: {
    // One fewer than there are cores by default, which leaves one of two idle.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          // A process for each of many small files takes as long as the tests in them; each has modules of its own.
          isolate: false,
          setupFiles: [path.join(import.meta.dirname, 'tests/unit/fresh-file.ts')],
          testTimeout: 120_000,
        },
      },
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
