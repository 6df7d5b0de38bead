import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'

/** `npm test -- browser` chooses a free port, a fresh data folder and a Chromium, and removes the folder afterwards. */
const port = process.env.VITRINE_TEST_PORT ?? '3117'
const dataFolder = process.env.VITRINE_TEST_DATA ?? path.join(tmpdir(), 'vitrine-browser-tests')
/** Where a test may play the Hub; specs read it, too. */
process.env.VITRINE_TEST_HUB_PORT ??= String(Number(port) + 1)
const baseURL = `http://localhost:${port}`

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  // A trace costs every test a good part of its time, so that only the second try writes one.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL,
    // Only the tests of it meet the service worker: to the others it would be one more reason for a request.
    serviceWorkers: 'block',
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--disable-sync',
        // By this name pages come as from another machine, and by plain http.
        '--host-resolver-rules=MAP vitrine.test 127.0.0.1',
      ],
    },
  },
  webServer: {
    command: 'node --import tsx bin/start.ts',
    // The announcement comes when everything is there, the pages sooner.
    wait: { stdout: /ready in/ },
    // Empty means not set: a database of the person who runs the tests must not be touched.
    env: {
      PORT: port,
      HOST: '127.0.0.1',
      VITRINE_DATA: dataFolder,
      VITRINE_DEMO: 'on',
      // One assignment is enough for most of them, and its figures come sooner.
      VITRINE_EXAMPLES: 'off',
      VITRINE_HUB: `http://127.0.0.1:${process.env.VITRINE_TEST_HUB_PORT}`,
      DATABASE_URL: '',
      NEXTAUTH_URL: '',
    },
    reuseExistingServer: false,
    timeout: 420_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
    stderr: 'pipe',
  },
})
